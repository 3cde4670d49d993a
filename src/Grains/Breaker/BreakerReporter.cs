using CacheOrleans.Breaker;

namespace CacheOrleans.Grains.Breaker;

/// <summary>Reports to the coordinator for as long as the silo runs, one report at a time, and makes the probes it is
/// given leave to make.</summary>
/// <remarks>Nothing else on the silo talks to the coordinator.</remarks>
internal sealed class BreakerReporter(
    BreakerReplica replica, BreakerCoordinatorClient coordinator, BreakerProbe probe, BreakerDiagnostics diagnostics)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _reported = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _loop = Task.CompletedTask;
    private volatile bool _isIdle;

    /// <summary>Whether the last report has had its effect, and the next is waited for.</summary>
    public bool IsIdle => _isIdle;

    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe<BreakerReporter>(ServiceLifecycleStage.Active, StartAsync, StopAsync);

    public void Dispose() => _stopping.Dispose();

    /// <summary>Starts, and waits for the end of the first report, a second at most: a silo that joins while the
    /// breaker is open knows it before it serves.</summary>
    private Task StartAsync(CancellationToken cancellationToken)
    {
        var stopping = _stopping.Token;
        _loop = Task.Run(() => RunAsync(stopping), CancellationToken.None);
        return _reported.Task.WaitAsync(cancellationToken);
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _loop.WaitAsync(cancellationToken);
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await ReportAsync(stopping);
                _isIdle = true;
                await replica.WaitAsync(stopping);
                _isIdle = false;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception) // without this loop, an open breaker would never close on this silo
            {
                diagnostics.OnError(exception);
                _reported.TrySetResult();
                await Task.Delay(CircuitBreaker.Heartbeat, TimeProvider.System, stopping)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        _reported.TrySetResult();
    }

    private async Task ReportAsync(CancellationToken stopping)
    {
        var report = replica.Report();
        var answer = await coordinator.ReportAsync(report, stopping);
        var permit = answer is null ? replica.OnSilence(report) : replica.OnAnswer(report, answer);
        _reported.TrySetResult();
        if (permit is not null)
        {
            replica.OnProbed(permit, await probe.TryAsync(permit.Permit, stopping));
        }
    }
}
