using CacheOrleans.Breaker;
using CacheOrleans.Grains.Coordination;

namespace CacheOrleans.Grains.Breaker;

/// <summary>Reports to the coordinator, and makes the probes that the silo gets permits for.</summary>
/// <remarks>Nothing else on the silo calls the coordinator. The silo's start waits for the first report, for a second
/// at most: a silo that joins while the breaker is open knows that before it serves.</remarks>
internal sealed class BreakerReporter : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly BreakerReplica _replica;
    private readonly CoordinatorClient<BreakerReport, BreakerAnswer> _coordinator;
    private readonly BreakerProbe _probe;
    private readonly ReportLoop _loop;

    public BreakerReporter(
        BreakerReplica replica,
        CoordinatorClient<BreakerReport, BreakerAnswer> coordinator,
        BreakerProbe probe,
        TimeProvider time,
        BreakerDiagnostics diagnostics)
    {
        _replica = replica;
        _coordinator = coordinator;
        _probe = probe;
        _loop = new ReportLoop(ReportAsync, replica.WaitAsync, time, diagnostics.OnError);
    }

    /// <inheritdoc cref="ReportLoop.IsIdle"/>
    public bool IsIdle => _loop.IsIdle;

    public void Participate(ISiloLifecycle observer) => observer.Subscribe<BreakerReporter>(
        ServiceLifecycleStage.Active, _loop.StartAsync, _loop.StopAsync);

    public void Dispose() => _loop.Dispose();

    private async Task ReportAsync(CancellationToken stopping)
    {
        var report = _replica.Report();
        var answer = await _coordinator.ReportAsync(report, stopping);
        var permit = answer is null ? _replica.OnNoAnswer(report) : _replica.OnAnswer(report, answer);
        _loop.OnReported();
        if (permit is not null)
        {
            _replica.OnProbed(permit, await _probe.TryAsync(permit.Permit, stopping));
        }
    }
}
