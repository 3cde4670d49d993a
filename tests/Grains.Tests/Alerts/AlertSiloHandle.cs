using CacheOrleans.Alerts;
using CacheOrleans.Grains.Alerts;
using CacheOrleans.Grains.Tests.Breaker;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Grains.Tests.Alerts;

/// <summary>One silo: causes failures in it, and shows its alerts.</summary>
internal sealed class AlertSiloHandle(BreakerSiloHandle silo)
{
    private readonly AlertReporter _reporter = silo.Services
        .GetServices<ILifecycleParticipant<ISiloLifecycle>>().OfType<AlertReporter>().Single();

    /// <summary>Its store and its breaker replica.</summary>
    public BreakerSiloHandle Silo => silo;

    public IServiceProvider Services => silo.Services;

    public IAlerts Alerts { get; } = silo.Services.GetRequiredService<IAlerts>();

    public AlertReplica Replica { get; } = silo.Services.GetRequiredService<AlertReplica>();

    /// <summary>Whether no report is due or under way, and the answer to the last one has been applied.</summary>
    public bool IsCalm => _reporter.IsIdle && Replica.UntilReport() > TimeSpan.Zero;

    /// <summary>Makes a stage of a cache fail a number of times.</summary>
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
