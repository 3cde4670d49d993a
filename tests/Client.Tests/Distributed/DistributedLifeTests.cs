using CacheOrleans.Client.Distributed;
using CacheOrleans.Definitions;

namespace CacheOrleans.Client.Tests.Distributed;

public sealed class DistributedLifeTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Of_Nothing_IsTenYears() =>
        Assert.Equal(new(CacheDefinition.MaxTimeToLive, null), DistributedLife.Of(new(), Now));

    [Fact]
    public void Of_ADate_IsTheTimeUntilThen() => Assert.Equal(
        new(Minute, null),
        DistributedLife.Of(new() { AbsoluteExpiration = (Now + Minute).ToOffset(TimeSpan.FromHours(9)) }, Now));

    [Fact]
    public void Of_ARelativeTime_GoesBeforeADate() => Assert.Equal(
        new(Minute, null),
        DistributedLife.Of(
            new() { AbsoluteExpirationRelativeToNow = Minute, AbsoluteExpiration = Now + (2 * Minute) }, Now));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Of_ADateThatHasPassed_IsRefused(int ticks) => Assert.Throws<ArgumentOutOfRangeException>(
        "AbsoluteExpiration",
        () => DistributedLife.Of(
            new() { AbsoluteExpiration = Now.AddTicks(ticks), AbsoluteExpirationRelativeToNow = Minute }, Now));

    [Fact]
    public void Of_ASlide_HasTenYearsInAll() => Assert.Equal(
        new(CacheDefinition.MaxTimeToLive, Minute), DistributedLife.Of(new() { SlidingExpiration = Minute }, Now));

    [Fact]
    public void Of_ASlideWithinAnAbsolute_HasBoth() => Assert.Equal(
        new(2 * Minute, Minute),
        DistributedLife.Of(new() { SlidingExpiration = Minute, AbsoluteExpirationRelativeToNow = 2 * Minute }, Now));

    [Fact]
    public void Of_ASlideThatIsNotWithinTheAbsolute_DoesNotSlide() => Assert.Equal(
        new(Minute, null),
        DistributedLife.Of(new() { SlidingExpiration = Minute, AbsoluteExpirationRelativeToNow = Minute }, Now));

    [Fact]
    public void Of_TimesBeyondTheClusters_AreCut()
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
