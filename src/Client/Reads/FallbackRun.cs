using CacheOrleans.Diagnostics;

namespace CacheOrleans.Client.Reads;

/// <summary>Runs the fallback of a read, renews its lease meanwhile, and ends the wait for it at its time
/// limit.</summary>
/// <param name="services">The services that reads of a client use.</param>
/// <param name="sharedRead">The read.</param>
/// <param name="limit">How long the fallback may take.</param>
/// <param name="lease">The lease that it runs under; null: no lease.</param>
internal sealed class FallbackRun(ReadServices services, SharedRead sharedRead, TimeSpan limit, LeaseRun? lease)
{
    private volatile bool _isOverdue;

    /// <summary>Whether no caller waits for the error of the fallback, because all callers have given up or no longer
    /// wait.</summary>
    public bool IsAbandoned => _isOverdue || sharedRead.Callers is { Gone.IsCancellationRequested: true };

    /// <summary>Runs the fallback until it ends, all callers have given up, or the client is disposed.</summary>
    /// <remarks>
    /// <para>At the limit the lease is no longer renewed, so that the next waiting caller gets it. A fallback that does
    /// not end with its callers is canceled, and its caller gets a <see cref="TimeoutException"/>; if it runs to its
    /// end anyway, its value is still used.</para>
    /// </remarks>
    /// <param name="key">The key that it loads, for <see cref="RunningLoad"/>.</param>
    /// <param name="state">Passed to <paramref name="fallback"/>.</param>
    /// <param name="fallback">The fallback.</param>
    public async Task<T?> RunAsync<TState, T>(
        string key, TState state, Func<TState, CancellationToken, ValueTask<T?>> fallback)
    {
        var gone = sharedRead.Callers?.Gone ?? CancellationToken.None;
        services.Stopping.ThrowIfCancellationRequested();
        gone.ThrowIfCancellationRequested();
        var ending = CancellationTokenSource.CreateLinkedTokenSource(services.Stopping, gone);
        Task<T?>? task = null;
        var running = RunningLoad.Begin(key);
        var ended = new TaskCompletionSource();
        _ = WatchAsync(ended.Task, ending); // started before the fallback, which may block its thread
        try
        {
            var load = fallback(state, ending.Token);
            if (load.IsCompleted)
            {
                return await load.ConfigureAwait(false);
            }

            task = load.AsTask();
            task.Ignore(); // it may fail when no caller waits any longer
            return await task.WaitAsync(gone.CanBeCanceled ? ending.Token : services.Stopping).ConfigureAwait(false);
        }
        finally
        {
            running.End();
            ended.SetResult();
            _ = DisposeAfterAsync(task ?? Task.CompletedTask, ending);
        }
    }

    /// <summary>Disposes the source of the fallback's token after the load, because the token must be able to fire for
    /// as long as the fallback runs, even if no caller waits for it any longer.</summary>
    private static async Task DisposeAfterAsync(Task load, CancellationTokenSource ending)
    {
        await load.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
    }

    private async Task WatchAsync(Task ended, CancellationTokenSource ending)
    {
        try
        {
            var start = services.Time.GetTimestamp();
            while (limit - services.Time.GetElapsedTime(start) is var left && left > TimeSpan.Zero)
            {
                var wait = lease is null || left < ReadTimes.Renewal ? left : ReadTimes.Renewal;
                await ended.WaitAsync(TimerLength.RoundUp(wait), services.Time)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (ended.IsCompleted)
                {
                    return;
                }

                if (lease is not null && left > ReadTimes.Renewal && await lease.RenewAsync().ConfigureAwait(false))
                {
                    sharedRead.Close();
                }
            }

            await EndWaitAsync(ending).ConfigureAwait(false);
        }
        // A callback of the fallback's token has thrown, and no caller here awaits the error.
        catch (Exception)
        {
        }
    }

    private Task EndWaitAsync(CancellationTokenSource ending)
    {
        _isOverdue = true;
        var endsWithCallers = sharedRead.Callers is not null;
        sharedRead.Abandon(
            new LoadOverdueException($"The fallback has not ended within {limit:c} (FallbackTimeout)."),
            isFirstWaiting: endsWithCallers);
        return endsWithCallers ? Task.CompletedTask : ending.CancelAsync();
    }
}
