using CacheOrleans.Alerts;
using CacheOrleans.Grains.Alerts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Grains.Tests.Alerts;

public sealed class AlertSiloBuilderExtensionsTests
{
    [Fact]
    public void AddCacheOrleans_ReplacesNoAlerts()
    {
        using var host = Build(services => services.AddSingleton<IAlerts, NoAlerts>());

        Assert.Same(
            host.Services.GetRequiredService<AlertReplica>(), Assert.Single(host.Services.GetServices<IAlerts>()));
    }

    [Fact]
    public void AddCacheOrleans_ApplicationHasItsOwnAlerts_KeepsThem()
    {
        var own = new OwnAlerts();
        using var host = Build(services => services.AddSingleton<IAlerts>(own));

        Assert.Same(own, Assert.Single(host.Services.GetServices<IAlerts>()));
    }

    [Theory]
    [InlineData("Cooldown", "00:00:00")]
    [InlineData("Cooldown", "1.00:00:01")]
    [InlineData("MaxKeys", "0")]
    [InlineData("FlushInterval", "00:00:00.050")]
    [InlineData("QuietPeriod", "01:00:01")]
    [InlineData("DeliveryDeadline", "00:00:00")]
    [InlineData("RedactionPatterns:0", "(unclosed")]
    [InlineData("RedactionPatterns:0", " ")]
    public void Options_OutOfRange_AreRejected(string name, string value)
    {
        using var host = Build(_ => { }, ($"Alerts:{name}", value));

        var error = Assert.Throws<OptionsValidationException>(() =>
            host.Services.GetRequiredService<IOptions<AlertOptions>>().Value);

        Assert.Contains(name.Split(':')[0], error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", new[] { "log" })]
    [InlineData("false", new string[0])]
    public void Log_UnlessSwitchedOff_IsAChannel(string isOn, string[] channels)
    {
        using var host = Build(_ => { }, ("Alerts:Log", isOn), ("Alerts:RedactionPatterns:0", "(?<secret>x+)"));

        Assert.Equal(channels, host.Services.GetRequiredService<AlertDispatcher>().Channels);
    }

    private static IHost Build(
        Action<IServiceCollection> before, params (string Path, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create(setting.Path, (string?)setting.Value)));
        before(builder.Services);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering();
            silo.AddCacheOrleans();
        });
        return builder.Build();
    }

    private sealed class OwnAlerts : IAlerts
    {
        public bool HasProblems => false;

        public void OnFailure(string cache, AlertStage stage, Exception exception)
        {
        }

        public void OnSuccess(string cache, AlertStage stage)
        {
        }
    }
}
