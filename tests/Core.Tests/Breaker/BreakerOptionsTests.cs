using CacheOrleans.Breaker;

namespace CacheOrleans.Core.Tests.Breaker;

public sealed class BreakerOptionsTests
{
    [Fact]
    public void Presets_AreValid()
    {
        Assert.Empty(new BreakerOptions().Check());
        Assert.Empty(BreakerOptions.Seed.Check());
    }

    [Fact]
    [Trait("Row", "B10")]
    public void Check_TellsEachFieldThatIsWrong()
    {
        var errors = new BreakerChange
        {
            Threshold = 100,
            Window = TimeSpan.Zero,
            DistinctNames = 0,
            Quorum = 0,
            Break = TimeSpan.Zero,
            Growth = double.NaN,
            MaxBreak = TimeSpan.FromSeconds(-1),
            Jitter = 0.6,
            Permits = -1,
            PermitLife = TimeSpan.FromHours(2),
            Successes = 0,
        }.ApplyTo(new BreakerOptions()).Check();
        Assert.Equal(
            ["Break", "DistinctNames", "Growth", "Jitter", "MaxBreak", "PermitLife", "Permits", "Quorum", "Successes",
                "Threshold", "Window"],
            errors.Keys.Order());
        Assert.All(errors, error => Assert.Contains(error.Key, error.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Check_TellsWhatDoesNotFitTogether()
    {
        var errors = new BreakerChange { Break = TimeSpan.FromHours(1) }.ApplyTo(new BreakerOptions()).Check();
        var error = Assert.Single(errors);
        Assert.Equal("MaxBreak", error.Key);
        Assert.Contains("01:00:00", error.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void ApplyTo_ChangesWhatIsGiven_AndNothingElse()
    {
        var settings = new BreakerOptions { Jitter = 0.25 };
        Assert.Equal(settings, new BreakerChange().ApplyTo(settings));
        Assert.Equal(settings with { Threshold = 3 }, new BreakerChange { Threshold = 3 }.ApplyTo(settings));
    }
}
