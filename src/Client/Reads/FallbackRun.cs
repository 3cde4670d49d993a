namespace CacheOrleans.Client.Reads;

/// <summary>Runs the fallback of a read: renews its lease meanwhile, and ends the wait for it at its limit.</summary>
/// <param name="services">What reads of a client use.</param>
/// <param name="read">The read.</param>
/// <param name="limit">How long the fallback may take.</param>
/// <param name="lease">The lease that it runs under; null: none.</param>
internal sealed class FallbackRun(ReadServices services, SharedRead sharedRead, TimeSpan limit, LeaseRun? lease)
{
    /// <summary>How often a lease, which lasts two seconds, is renewed.</summary>
    private static readonly TimeSpan Renewal = TimeSpan.FromMilliseconds(500);

    private volatile bool _isOverdue;

    /// <summary>Whether nobody is to be told of its error: all callers have given up, or do not wait any
    /// more.</summary>
    public bool IsGivenUp => _isOverdue || sharedRead.Callers is { Gone.IsCancellationRequested: true };

    /// <summary>Runs the fallback until it ends, all callers have given up, or the client is disposed.</summary>
    /// <remarks>
    /// <para>At its limit the lease is not renewed any more, so that the next caller that waits is given it. A fallback
    /// whose end is not its callers' to decide is cancelled, and its caller gets a <see cref="TimeoutException"/>; if
    /// it goes on all the same, its value is still used.</para>
    /// </remarks>
    /// <param name="key">What it loads, for <see cref="RunningLoad"/>.</param>
    /// <param name="state">What <paramref name="fallback"/> is given.</param>
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
        _ = WatchAsync(ended.Task, ending); // before the fallback, which may block its thread
        try
        {
            var load = fallback(state, ending.Token);
            if (load.IsCompleted)
            {
                return await load.ConfigureAwait(false);
            }

            task = load.AsTask();
            task.Ignore(); // it may fail when nobody waits any more
            return await task.WaitAsync(gone.CanBeCanceled ? ending.Token : services.Stopping).ConfigureAwait(false);
        }
        finally
        {
            running.End();
            ended.SetResult();
            _ = DisposeAfterAsync(task ?? Task.CompletedTask, ending);
        }
    }

    /// <summary>The fallback's token fires as long as the fallback runs, also when nobody waits for it any
    /// more.</summary>
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
                await ended.WaitAsync(lease is null || left < Renewal ? left : Renewal, services.Time)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (ended.IsCompleted)
                {
                    return;
                }

                if (lease is not null && left > Renewal && await lease.RenewAsync().ConfigureAwait(false))
                {
                    sharedRead.Close();
                }
            }

            await EndWaitAsync(ending).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A callback of the fallback's token has thrown, and nobody waits for it here.
        catch (Exception)
#pragma warning restore CA1031
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
