using CacheOrleans.Grains.Coordination;

namespace CacheOrleans.Grains.Alerts;

/// <summary>Reports to the coordinator of alerts, and delivers the messages that this silo decides on while the
/// coordinator does not respond.</summary>
/// <remarks>Nothing else on the silo reports to the coordinator. The silo's start waits for the first report, for a
/// second at most: a silo that joins knows which alerts were sent before it serves.</remarks>
internal sealed class AlertReporter : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly AlertExchange _exchange;
    private readonly AlertDispatcher _dispatcher;
    private readonly AlertDiagnostics _diagnostics;
    private readonly ReportLoop _loop;

    public AlertReporter(
        AlertExchange exchange,
        AlertReplica replica,
        AlertDispatcher dispatcher,
        TimeProvider time,
        AlertDiagnostics diagnostics)
    {
        _exchange = exchange;
        _dispatcher = dispatcher;
        _diagnostics = diagnostics;
        _loop = new ReportLoop(ReportAsync, replica.WaitAsync, time, diagnostics.OnError);
    }

    /// <inheritdoc cref="ReportLoop.IsIdle"/>
    public bool IsIdle => _loop.IsIdle;

    public void Participate(ISiloLifecycle observer) => observer.Subscribe<AlertReporter>(
        ServiceLifecycleStage.Active, _loop.StartAsync, _loop.StopAsync);

    public void Dispose() => _loop.Dispose();

    private async Task ReportAsync(CancellationToken stopping)
    {
        foreach (var notice in await _exchange.ReportAsync(stopping))
        {
            _diagnostics.OnDecided(notice);
            _dispatcher.Send(notice);
        }
    }
}
