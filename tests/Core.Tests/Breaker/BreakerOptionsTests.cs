using CacheOrleans.Breaker;

namespace CacheOrleans.Core.Tests.Breaker;

public sealed class BreakerOptionsTests
{
    [Fact]
    public void Presets_AreValid()
    {
        Assert.Empty(new BreakerOptions().Check());
        Assert.Empty(BreakerOptions.Simple.Check());
    }

    [Fact]
    [Trait("Row", "B10")]
    public void Check_SeveralWrongFields_NamesEach()
    {
        var errors = new BreakerChange
        {
            FailureThreshold = 101,
            SamplingDuration = TimeSpan.Zero,
            MinimumCaches = 0,
            Quorum = 0,
            BreakDuration = TimeSpan.Zero,
            BackoffMultiplier = double.NaN,
            MaxBreakDuration = TimeSpan.FromSeconds(-1),
            Jitter = 0.6,
            MaxConcurrentProbes = -1,
            ProbeTimeout = TimeSpan.FromHours(2),
            ProbesToClose = 0,
        }.ApplyTo(new BreakerOptions()).Check();
        string[] fields =
        [
            "BackoffMultiplier", "BreakDuration", "FailureThreshold", "Jitter", "MaxBreakDuration",
            "MaxConcurrentProbes", "MinimumCaches", "ProbeTimeout", "ProbesToClose", "Quorum", "SamplingDuration",
        ];
        Assert.Equal(fields.Order(), errors.Keys.Order());
        Assert.All(errors, error => Assert.Contains(error.Key, error.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Check_BreakLongerThanItsMaximum_NamesTheMaximum()
    {
        var errors = new BreakerChange { BreakDuration = TimeSpan.FromHours(1) }.ApplyTo(new BreakerOptions()).Check();
        var error = Assert.Single(errors);
        Assert.Equal("MaxBreakDuration", error.Key);
        Assert.Contains("01:00:00", error.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void ApplyTo_SomeFieldsGiven_ChangesOnlyThose()
    {
        var settings = new BreakerOptions { Jitter = 0.25 };
        Assert.Equal(settings, new BreakerChange().ApplyTo(settings));
        Assert.Equal(
            settings with { FailureThreshold = 3 }, new BreakerChange { FailureThreshold = 3 }.ApplyTo(settings));
    }
}
