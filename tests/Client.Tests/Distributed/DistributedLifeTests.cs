using CacheOrleans.Client.Distributed;
using CacheOrleans.Definitions;

namespace CacheOrleans.Client.Tests.Distributed;

public sealed class DistributedLifeTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Of_NoExpiry_IsTenYears() =>
        Assert.Equal(new(CacheDefinition.MaxTimeToLive, null), DistributedLife.Of(new(), Now));

    [Fact]
    public void Of_Date_IsTheTimeUntilThen() => Assert.Equal(
        new(Minute, null),
        DistributedLife.Of(new() { AbsoluteExpiration = (Now + Minute).ToOffset(TimeSpan.FromHours(9)) }, Now));

    [Fact]
    public void Of_RelativeTimeAndDate_IsTheRelativeTime() => Assert.Equal(
        new(Minute, null),
        DistributedLife.Of(
            new() { AbsoluteExpirationRelativeToNow = Minute, AbsoluteExpiration = Now + (2 * Minute) }, Now));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Of_DateInThePast_IsRefused(int ticks) => Assert.Throws<ArgumentOutOfRangeException>(
        "AbsoluteExpiration",
        () => DistributedLife.Of(
            new() { AbsoluteExpiration = Now.AddTicks(ticks), AbsoluteExpirationRelativeToNow = Minute }, Now));

    [Fact]
    public void Of_SlidingOnly_IsTenYearsInAll() => Assert.Equal(
        new(CacheDefinition.MaxTimeToLive, Minute), DistributedLife.Of(new() { SlidingExpiration = Minute }, Now));

    [Fact]
    public void Of_SlidingShorterThanAbsolute_HasBoth() => Assert.Equal(
        new(2 * Minute, Minute),
        DistributedLife.Of(new() { SlidingExpiration = Minute, AbsoluteExpirationRelativeToNow = 2 * Minute }, Now));

    [Fact]
    public void Of_SlidingNotShorterThanAbsolute_DoesNotSlide() => Assert.Equal(
        new(Minute, null),
        DistributedLife.Of(new() { SlidingExpiration = Minute, AbsoluteExpirationRelativeToNow = Minute }, Now));

    [Fact]
    public void Of_TimesOutsideTheClustersRange_AreClamped()
    {
        var century = TimeSpan.FromDays(36500);
        var shortest = TimeSpan.FromMilliseconds(1);

        Assert.Equal(
            new(CacheDefinition.MaxTimeToLive, null),
            DistributedLife.Of(new() { AbsoluteExpirationRelativeToNow = century, SlidingExpiration = century }, Now));
        Assert.Equal(new(shortest, null), DistributedLife.Of(new() { AbsoluteExpiration = Now.AddTicks(1) }, Now));
        Assert.Equal(shortest, DistributedLife.Of(new() { SlidingExpiration = TimeSpan.FromTicks(1) }, Now).Sliding);
    }
}
