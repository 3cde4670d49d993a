namespace CacheOrleans.Client.Flights;

/// <summary>Runs the fallback of a flight: renews its lease meanwhile, and ends the wait for it at its limit.</summary>
/// <param name="services">What reads of a client use.</param>
/// <param name="flight">The flight.</param>
/// <param name="limit">How long the fallback may take.</param>
/// <param name="lease">The lease that it runs under; null: none.</param>
internal sealed class FallbackRun(FlightServices services, Flight flight, TimeSpan limit, LeaseRun? lease)
{
    /// <summary>How often a lease, which lasts two seconds, is renewed.</summary>
    private static readonly TimeSpan Renewal = TimeSpan.FromMilliseconds(500);

    private volatile bool _isOverdue;

    /// <summary>Whether nobody is to be told of its error: all callers have given up, or do not wait any
    /// more.</summary>
    public bool IsGivenUp => _isOverdue || flight.Callers is { Gone.IsCancellationRequested: true };

    /// <summary>Runs the fallback until it ends, all callers have given up, or the client is disposed.</summary>
    /// <remarks>
    /// <para>At its limit the lease is not renewed any more, so that the next caller that waits is given it. A fallback
    /// whose end is not its callers' to decide is cancelled, and its caller gets a <see cref="TimeoutException"/>; if
    /// it goes on all the same, its value is still used.</para>
    /// <para>A fallback that ends at once costs no timer.</para>
    /// </remarks>
    /// <param name="key">What it loads, for <see cref="RunningLoad"/>.</param>
    /// <param name="state">What <paramref name="fallback"/> is given.</param>
    /// <param name="fallback">The fallback.</param>
    public async Task<T?> RunAsync<TState, T>(
        string key, TState state, Func<TState, CancellationToken, ValueTask<T?>> fallback)
    {
        var gone = flight.Callers?.Gone ?? CancellationToken.None;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(services.Stopping, gone);
        ending.Token.ThrowIfCancellationRequested();
        var running = RunningLoad.Begin(key);
        try
        {
            var load = fallback(state, ending.Token);
            if (load.IsCompleted)
            {
                return await load.ConfigureAwait(false);
            }

            var task = load.AsTask();
            _ = WatchAsync(task, ending);
            return await (gone.CanBeCanceled ? task.WaitAsync(ending.Token) : task).ConfigureAwait(false);
        }
        finally
        {
            running.End();
        }
    }

    private async Task WatchAsync(Task load, CancellationTokenSource ending)
    {
        try
        {
            var start = services.Time.GetTimestamp();
            while (!services.Stopping.IsCancellationRequested && !IsGivenUp)
            {
                var left = limit - services.Time.GetElapsedTime(start);
                if (left <= TimeSpan.Zero)
                {
                    await EndWaitAsync(ending).ConfigureAwait(false);
                    return;
                }

                await load.WaitAsync(lease is null || left < Renewal ? left : Renewal, services.Time)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (load.IsCompleted)
                {
                    return;
                }

                if (lease is not null && await lease.RenewAsync().ConfigureAwait(false))
                {
                    flight.Close();
                }
            }
        }
#pragma warning disable CA1031 // A lease that cannot be renewed ends, which harms nobody.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    private Task EndWaitAsync(CancellationTokenSource ending)
    {
        _isOverdue = true;
        var endsWithCallers = flight.Callers is not null;
        flight.GiveUp(
            new LoadOverdueException($"The fallback has not ended within {limit:c} (FallbackTimeout)."),
            isFirstWaiting: endsWithCallers);
        return endsWithCallers ? Task.CompletedTask : ending.CancelAsync();
    }
}
