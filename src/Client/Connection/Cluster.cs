using Microsoft.Extensions.Logging;

namespace CacheOrleans.Client.Connection;

/// <summary>Calls grains for a client, each call within a limit, and leaves calls out while the cluster is
/// silent.</summary>
internal sealed class Cluster(
    IClusterConnection connection, INearCacheObserver observer, TimeProvider time, ILogger<Cluster> logger)
{
    private readonly Reachability _reachability = new(time);
    private ClusterLink? _link;

    /// <summary>Makes a call.</summary>
    /// <param name="state">What <paramref name="call"/> is given.</param>
    /// <param name="call">The call.</param>
    /// <param name="limit">How long the answer may take.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The answer, or that there was none. An error of the grain's own is thrown.</returns>
    public async ValueTask<Reached<T>> CallAsync<TState, T>(
        TState state,
        Func<ClusterLink, TState, Task<T>> call,
        TimeSpan limit,
        CancellationToken cancellationToken = default)
    {
        if (!_reachability.TryEnter())
        {
            return default;
        }

        try
        {
            if (await connection.GetGrainsAsync().ConfigureAwait(false) is not { } grains
                || Send(grains, state, call) is not { } answer)
            {
                return default;
            }

            var reply = await answer.WaitAsync(limit, time, cancellationToken).ConfigureAwait(false);
            OnAnswer();
            return new(IsReached: true, reply);
        }
        catch (Exception exception)
            when (Silences.Are(exception) && !cancellationToken.IsCancellationRequested)
        {
            OnSilence(exception);
            return new(IsReached: false, default, exception);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            OnAnswer();
            throw;
        }
    }

    /// <summary>Hands the call to Orleans.</summary>
    /// <returns>Null when it did not take it: what is thrown here never left the process, and is of any type where the
    /// application's own client is not started yet.</returns>
    private Task<T>? Send<TState, T>(IGrainFactory grains, TState state, Func<ClusterLink, TState, Task<T>> call)
    {
        try
        {
            return call(LinkTo(grains), state);
        }
#pragma warning disable CA1031 // See above.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private ClusterLink LinkTo(IGrainFactory grains)
    {
        var link = _link;
        if (link?.Grains != grains)
        {
            // Two callers may make one each; both work, and the copies of either are told of.
            _link = link = new ClusterLink(grains, grains.CreateObjectReference<INearCacheObserver>(observer));
        }

        return link;
    }

    private void OnAnswer()
    {
        if (_reachability.OnAnswer())
        {
            logger.Reachable();
        }
    }

    private void OnSilence(Exception exception)
    {
        if (_reachability.OnSilence())
        {
            logger.Unreachable(Reachability.Pause, exception.Message);
        }
    }
}
