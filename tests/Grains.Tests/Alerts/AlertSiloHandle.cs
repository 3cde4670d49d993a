using CacheOrleans.Alerts;
using CacheOrleans.Grains.Alerts;
using CacheOrleans.Grains.Tests.Breaker;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Grains.Tests.Alerts;

/// <summary>One silo: what can fail there, and what it does about it.</summary>
internal sealed class AlertSiloHandle(BreakerSiloHandle silo)
{
    private readonly AlertReporter _reporter = silo.Services
        .GetServices<ILifecycleParticipant<ISiloLifecycle>>().OfType<AlertReporter>().Single();

    /// <summary>Its store, and its part in the breaker.</summary>
    public BreakerSiloHandle Silo => silo;

    public IServiceProvider Services => silo.Services;

    public IAlerts Alerts { get; } = silo.Services.GetRequiredService<IAlerts>();

    public AlertReplica Replica { get; } = silo.Services.GetRequiredService<AlertReplica>();

    /// <summary>Whether no report is due or under way, and what the last one brought has been taken in.</summary>
    public bool IsCalm => _reporter.IsIdle && Replica.UntilReport() > TimeSpan.Zero;

    /// <summary>Has a stage of a cache fail a number of times.</summary>
    public void Fail(string cache, AlertStage stage = AlertStage.Read, int count = 1)
    {
        var error = new IOException("gone");
        for (var i = 0; i < count; i++)
        {
            Alerts.OnFailure(cache, stage, error);
        }
    }

    public void Succeed(string cache, AlertStage stage = AlertStage.Read) => Alerts.OnSuccess(cache, stage);
}
