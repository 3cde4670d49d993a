using CacheOrleans.Breaker;
using CsCheck;

namespace CacheOrleans.Core.Tests.Breaker.World;

/// <summary>Settings to try: both presets, and the ends of what is allowed.</summary>
internal static class WorldSettings
{
    private static readonly BreakerOptions Short = new()
    {
        Threshold = 2,
        Window = TimeSpan.FromSeconds(5),
        Break = TimeSpan.FromSeconds(2),
        MaxBreak = TimeSpan.FromSeconds(20),
        PermitLife = TimeSpan.FromSeconds(1),
    };

    /// <summary>Breaks end within a life.</summary>
    public static readonly Gen<BreakerOptions> Usual = Gen.OneOf<BreakerOptions>(
        new BreakerOptions { MaxBreak = TimeSpan.FromMinutes(5) },
        BreakerOptions.Seed with { MaxBreak = TimeSpan.FromMinutes(3) },
        Short,
        Short with { Quorum = 3, Permits = 1, Successes = 1, DistinctNames = 1 },
        Short with { Permits = 0, Growth = 1, Jitter = 0, Quorum = 1, Threshold = 0, DistinctNames = 1 },
        Short with { Jitter = 0.5, Growth = 100, PermitLife = TimeSpan.FromMilliseconds(100), Permits = 100 });

    /// <summary>And some that do not.</summary>
    public static readonly Gen<BreakerOptions> Any = Gen.Frequency(
        (5, Usual),
        (1, Gen.OneOf<BreakerOptions>(
            Short with { Break = TimeSpan.MaxValue, MaxBreak = TimeSpan.MaxValue, Jitter = 0.5 },
            Short with { MaxBreak = TimeSpan.MaxValue, Growth = 100 },
            Short with { Threshold = 99, DistinctNames = 100, Window = TimeSpan.FromDays(1) },
            Short with { Break = TimeSpan.FromMilliseconds(200), Window = TimeSpan.FromMilliseconds(100) })));
}
