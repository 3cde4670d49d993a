namespace CacheOrleans.Grains.Coordination;

/// <summary>Reports to a coordinator for as long as the silo runs, one report at a time.</summary>
/// <param name="report">Sends a report, and does what the answer asks for.</param>
/// <param name="wait">Waits until the next report is due.</param>
/// <param name="time">The clock for pauses.</param>
/// <param name="onError">Called with an exception that neither of them handled; the loop continues after a pause.
/// </param>
internal sealed class ReportLoop(
    Func<CancellationToken, Task> report,
    Func<CancellationToken, Task> wait,
    TimeProvider time,
    Action<Exception> onError) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _reported = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _loop = Task.CompletedTask;
    private volatile bool _isIdle;

    /// <summary>Whether the last report has taken effect, and the loop waits for the next.</summary>
    public bool IsIdle => _isIdle;

    /// <summary>Starts the loop, and waits until the first report is done.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var stopping = _stopping.Token;
        _loop = Task.Run(() => RunAsync(stopping), CancellationToken.None);
        return _reported.Task.WaitAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _loop.WaitAsync(cancellationToken);
    }

    /// <summary>Lets <see cref="StartAsync"/> return before the work of the first report has ended.</summary>
    public void OnReported() => _reported.TrySetResult();

    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await report(stopping);
                _reported.TrySetResult();
                _isIdle = true;
                await wait(stopping);
                _isIdle = false;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception) // if the loop ended, the silo would never hear from the coordinator again
            {
                onError(exception);
                _reported.TrySetResult();
                await Task.Delay(Pause, time, stopping)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        _reported.TrySetResult();
    }
}
