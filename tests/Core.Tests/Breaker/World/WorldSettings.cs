using CacheOrleans.Breaker;
using CsCheck;

namespace CacheOrleans.Core.Tests.Breaker.World;

/// <summary>Settings to try: both presets, and the extremes of what is allowed.</summary>
internal static class WorldSettings
{
    private static readonly BreakerOptions Short = new()
    {
        FailureThreshold = 3,
        SamplingDuration = TimeSpan.FromSeconds(5),
        BreakDuration = TimeSpan.FromSeconds(2),
        MaxBreakDuration = TimeSpan.FromSeconds(20),
        ProbeTimeout = TimeSpan.FromSeconds(1),
    };

    /// <summary>Settings whose breaks end within minutes.</summary>
    public static readonly Gen<BreakerOptions> Usual = Gen.OneOf<BreakerOptions>(
        new BreakerOptions { MaxBreakDuration = TimeSpan.FromMinutes(5) },
        BreakerOptions.Simple with { MaxBreakDuration = TimeSpan.FromMinutes(3) },
        Short,
        Short with { Quorum = 3, MaxConcurrentProbes = 1, ProbesToClose = 1, MinimumCaches = 1 },
        Short with
        {
            MaxConcurrentProbes = 0,
            BackoffMultiplier = 1,
            Jitter = 0,
            Quorum = 1,
            FailureThreshold = 1,
            MinimumCaches = 1,
        },
        Short with
        {
            Jitter = 0.5,
            BackoffMultiplier = 100,
            ProbeTimeout = TimeSpan.FromMilliseconds(100),
            MaxConcurrentProbes = 100,
        });

    /// <summary>The usual settings, and some whose breaks may never end.</summary>
    public static readonly Gen<BreakerOptions> Any = Gen.Frequency(
        (5, Usual),
        (1, Gen.OneOf<BreakerOptions>(
            Short with { BreakDuration = TimeSpan.MaxValue, MaxBreakDuration = TimeSpan.MaxValue, Jitter = 0.5 },
            Short with { MaxBreakDuration = TimeSpan.MaxValue, BackoffMultiplier = 100 },
            Short with { FailureThreshold = 100, MinimumCaches = 100, SamplingDuration = TimeSpan.FromDays(1) },
            Short with
            {
                BreakDuration = TimeSpan.FromMilliseconds(200),
                SamplingDuration = TimeSpan.FromMilliseconds(100),
            })));
}
