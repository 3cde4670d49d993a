using System.Text.Json;
using CacheOrleans.Breaker;
using CacheOrleans.Silo.Http.Breaker;

namespace CacheOrleans.Silo.Tests.Http.Breaker;

public sealed class BreakerFieldsTests
{
    [Fact]
    public void Fields_CoverEverySetting() => Assert.Equal(
        typeof(BreakerChange).GetProperties().Select(property => property.Name),
        BreakerFields.All.Select(field => field.Setting));

    [Fact]
    public void View_Defaults_AreNumbersOfSeconds() => Assert.Equal(
        """{"failureThreshold":11,"samplingDurationSeconds":60,"minimumCaches":2,"quorum":2"""
        + ""","breakDurationSeconds":180,"backoffMultiplier":2,"maxBreakDurationSeconds":1800,"jitter":0.1"""
        + ""","maxConcurrentProbes":3,"probeTimeoutSeconds":5,"probesToClose":3}""",
        JsonSerializer.Serialize(BreakerFields.View(new BreakerOptions())));

    [Fact]
    public void Apply_ShownValues_ChangesNothing()
    {
        var settings = new BreakerOptions { SamplingDuration = TimeSpan.FromMilliseconds(1234.5), Jitter = 0.123 };
        var change = new BreakerChange();
        foreach (var field in BreakerFields.All)
        {
            change = field.Apply(change, JsonSerializer.SerializeToElement(field.Read(settings)))!;
        }

        Assert.Equal(settings, change.ApplyTo(new BreakerOptions { FailureThreshold = 1, ProbesToClose = 9 }));
    }

    [Fact]
    public void Apply_LongestBreak_DoesNotOverflow()
    {
        var settings = new BreakerOptions { MaxBreakDuration = TimeSpan.MaxValue };
        var field = BreakerFields.All.Single(field => field.Setting == nameof(BreakerOptions.MaxBreakDuration));

        var change = field.Apply(new(), JsonSerializer.SerializeToElement(field.Read(settings)));

        Assert.True(change!.MaxBreakDuration > TimeSpan.FromDays(10_000_000));
    }

    [Fact]
    public void Errors_OfTheCoordinator_UseTheNamesOfTheApi()
    {
        var invalid = new BreakerOptions { FailureThreshold = 101, BreakDuration = TimeSpan.FromHours(1) };

        var errors = BreakerFields.Errors(new BreakerSettingsException(
            new BreakerOptions { FailureThreshold = 101 }.Check().Concat(
                (invalid with { FailureThreshold = 1 }).Check()).ToDictionary()));

        Assert.Equal(["failureThreshold", "maxBreakDurationSeconds"], errors.Keys);
        Assert.Equal("failureThreshold must be a whole number from 1 to 100.", errors["failureThreshold"].Single());
        Assert.EndsWith(
            "no less than breakDurationSeconds.", errors["maxBreakDurationSeconds"].Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_OfAnUnknownSetting_AreUnchanged() => Assert.Equal(
        "Later must be less.",
        BreakerFields.Errors(new(new Dictionary<string, string> { ["Later"] = "Later must be less." }))["Later"]
            .Single());
}
