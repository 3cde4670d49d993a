using CacheOrleans.Client.Hybrid;
using CacheOrleans.Definitions;
using Microsoft.Extensions.Caching.Hybrid;

namespace CacheOrleans.Client.Tests.Hybrid;

public sealed class HybridReadOptionsTests
{
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    [Fact]
    public void Of_Null_IsFiveMinutesAndNoFlags() => Assert.Equal(
        new HybridReadOptions(HybridCacheEntryFlags.None, FiveMinutes, FiveMinutes), HybridReadOptions.Of(null));

    [Fact]
    public void With_NothingSet_IsTheDefaults()
    {
        var defaults = HybridReadOptions.Of(new()
        {
            Flags = HybridCacheEntryFlags.DisableCompression,
            Expiration = TimeSpan.FromSeconds(9),
            LocalCacheExpiration = TimeSpan.FromSeconds(4),
        });

        Assert.Equal(defaults, defaults.With(null));
        Assert.Equal(defaults, defaults.With(new()));
        Assert.Equal(
            (HybridCacheEntryFlags.DisableCompression, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(4)),
            (defaults.Flags, defaults.Expiration, defaults.LocalExpiration));
    }

    [Theory]
    [InlineData(null, null, 60.0, 30.0)]
    [InlineData(10.0, null, 10.0, 10.0)]
    [InlineData(90.0, null, 90.0, 90.0)]
    [InlineData(null, 5.0, 60.0, 5.0)]
    [InlineData(null, 90.0, 60.0, 90.0)]
    [InlineData(10.0, 5.0, 10.0, 5.0)]
    [InlineData(10.0, 20.0, 10.0, 10.0)]
    [InlineData(0.0, 20.0, 0.0, 0.0)]
    public void With_Expirations_FollowsMicrosoftsRules(
        double? expiration, double? local, double expectedExpiration, double expectedLocal)
    {
        var defaults = HybridReadOptions.Of(new()
        {
            Expiration = TimeSpan.FromSeconds(60),
            LocalCacheExpiration = TimeSpan.FromSeconds(30),
        });

        var options = defaults.With(new() { Expiration = Seconds(expiration), LocalCacheExpiration = Seconds(local) });

        Assert.Equal(
            (expectedExpiration, expectedLocal),
            (options.Expiration.TotalSeconds, options.LocalExpiration.TotalSeconds));
    }

    [Fact]
    public void Of_TimesOutsideTheClustersRange_AreClamped()
    {
        var options = HybridReadOptions.Of(new() { Expiration = TimeSpan.MaxValue });
        var brief = HybridReadOptions.Of(new() { Expiration = TimeSpan.FromTicks(1) });

        Assert.Equal(CacheDefinition.MaxTimeToLive, options.Expiration);
        Assert.Equal(CacheDefinition.MaxTimeToLive, options.LocalExpiration);
        Assert.Equal(TimeSpan.FromMilliseconds(1), brief.Expiration);
        Assert.Equal(TimeSpan.FromMilliseconds(1), brief.LocalExpiration);
    }

    [Fact]
    public void With_FlagsOfTheCall_UsesOnlyThose()
    {
        var defaults = HybridReadOptions.Of(new() { Flags = HybridCacheEntryFlags.DisableUnderlyingData });

        Assert.False(defaults.RunsFactory);
        Assert.True(defaults.With(new() { Flags = HybridCacheEntryFlags.None }).RunsFactory);
    }

    [Theory]
    [InlineData(HybridCacheEntryFlags.None, true, true, true, true, true)]
    [InlineData(HybridCacheEntryFlags.DisableCompression, true, true, true, true, true)]
    [InlineData(HybridCacheEntryFlags.DisableLocalCacheRead, false, true, true, true, true)]
    [InlineData(HybridCacheEntryFlags.DisableLocalCacheWrite, true, false, true, true, true)]
    [InlineData(HybridCacheEntryFlags.DisableLocalCache, false, false, true, true, true)]
    [InlineData(HybridCacheEntryFlags.DisableDistributedCacheRead, true, true, false, true, true)]
    [InlineData(HybridCacheEntryFlags.DisableDistributedCacheWrite, true, true, true, false, true)]
    [InlineData(HybridCacheEntryFlags.DisableDistributedCache, true, true, false, false, true)]
    [InlineData(HybridCacheEntryFlags.DisableUnderlyingData, true, true, true, true, false)]
    public void Of_Flags_SkipsTheDisabledSteps(
        HybridCacheEntryFlags flags,
        bool readsLocal,
        bool writesLocal,
        bool readsDistributed,
        bool writesDistributed,
        bool runsFactory)
    {
        var options = HybridReadOptions.Of(new() { Flags = flags });

        Assert.Equal(
            (readsLocal, writesLocal, readsDistributed, writesDistributed, runsFactory),
            (options.ReadsLocal, options.WritesLocal, options.ReadsDistributed, options.WritesDistributed,
                options.RunsFactory));
    }

    private static TimeSpan? Seconds(double? seconds) =>
        seconds is { } value ? TimeSpan.FromSeconds(value) : null;
}
