using CacheOrleans.Alerts;
using CacheOrleans.Breaker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Grains.Tests.Registration;

/// <summary>An application's own host reads our sections as strictly as the production host does.</summary>
public sealed class StrictStartTests
{
    [Theory]
    [InlineData("Breaker:BreakDuration", "30", "Breaker:BreakDuration: '30' has no unit: write 30s")]
    [InlineData("Breaker:Treshold", "5", "did you mean Breaker:FailureThreshold?")]
    [InlineData("Breaker:Prset", "Simple", "did you mean Breaker:Preset?")]
    [InlineData("Alerts:Cooldown", "24:00:00", "Alerts:Cooldown: '24:00:00'")]
    [InlineData("Alerts:Quite", "60s", "did you mean Alerts:QuietPeriod?")]
    [InlineData("Entries:MaxCuont", "5", "did you mean Entries:MaxCount?")]
    [InlineData("Entries:MaxCount", "many", "Entries:MaxCount must be a whole number; it is 'many'.")]
    [InlineData("Limits:MaxKeyLenght", "100", "did you mean Limits:MaxKeyLength?")]
    public void Validate_UnclearSetting_SaysWhatToWrite(string name, string value, string message)
    {
        using var host = Build((name, value));

        var error = Assert.Throws<FormatException>(host.Services.GetRequiredService<IStartupValidator>().Validate);

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Breaker:Quorum", "0", "Breaker:Quorum must be between")]
    [InlineData("Alerts:MaxKeys", "0", "Alerts:MaxKeys must be between")]
    [InlineData("Entries:MaxCount", "0", "Entries:MaxCount must be between")]
    [InlineData("Limits:MaxKeyLength", "1", "Limits:MaxKeyLength must be between")]
    public void Validate_OutOfBounds_NamesTheFullSetting(string name, string value, string message)
    {
        using var host = Build((name, value));

        var error = Assert.Throws<OptionsValidationException>(
            host.Services.GetRequiredService<IStartupValidator>().Validate);

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_TimesWithUnits_AreAcceptedBesideOtherSettings()
    {
        using var host = Build(
            ("Breaker:Preset", "Simple"), ("Breaker:BreakDuration", "90s"),
            ("Alerts:QuietPeriod", "2m"), ("Alerts:Slack:RetryDelay", "1s"));

        Assert.Equal(
            BreakerOptions.Simple with { BreakDuration = TimeSpan.FromSeconds(90) },
            host.Services.GetRequiredService<IOptions<BreakerOptions>>().Value);
        Assert.Equal(
            TimeSpan.FromMinutes(2), host.Services.GetRequiredService<IOptions<AlertOptions>>().Value.QuietPeriod);
    }

    private static IHost Build(params (string Path, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create(setting.Path, (string?)setting.Value)));
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering();
            silo.AddCacheOrleans();
        });
        return builder.Build();
    }
}
