using CacheOrleans.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Client.Connection;

/// <summary>Calls grains for a client, each call within a limit, and leaves calls out while their owner or the whole
/// cluster is silent.</summary>
/// <param name="connection">How the cluster is reached.</param>
/// <param name="connectLimit">How long calls wait for the first connection, from when it is begun.</param>
/// <param name="observer">Is called when a value changes.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Takes what changes.</param>
internal sealed class Cluster(
    IClusterConnection connection,
    TimeSpan connectLimit,
    INearCacheObserver observer,
    TimeProvider time,
    ILogger<Cluster> logger) : IDisposable
{
    /// <summary>How long the answer to a question for nothing may take.</summary>
    private static readonly TimeSpan PingLimit = TimeSpan.FromMilliseconds(800);

    private static readonly Question<int, bool[]> Ping =
        new(0, static (link, _) => link.Grains.GetGrain<ICacheBatchGrain>(0).RenewAsync([], []));

    private readonly Reachability _reachability = new(time);
    private readonly Listener _listener = new(time);
    private readonly RepeatedLine _localLoads = new(time);
    private ClusterLink? _link;
    private volatile bool _isUnconnected;
    private int _isSought;

    /// <summary>The keys whose owners are silent.</summary>
    public SilentOwners SilentOwners { get; } = new(time);

    /// <summary>Whether no silo can be reached, as far as is known: it is in vain to wait for one.</summary>
    public bool IsAway => (_isUnconnected && connection.Grains is null) || _reachability.IsAway;

    /// <summary>Says why calls are not answered.</summary>
    public Absence Absence => field ??= new(connection, _reachability, _localLoads, logger);

    /// <summary>Makes a call.</summary>
    /// <param name="state">What <paramref name="call"/> is given.</param>
    /// <param name="call">The call.</param>
    /// <param name="terms">How it is made.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The answer, or that there was none. An error of the grain's own is thrown.</returns>
    public ValueTask<Reached<T>> CallAsync<TState, T>(
        TState state,
        Func<ClusterLink, TState, Task<T>> call,
        CallTerms terms,
        CancellationToken cancellationToken = default)
    {
        if (terms.Key is { } key && !SilentOwners.TryEnter(key))
        {
            return default;
        }

        var question = new Question<TState, T>(state, call);
        return !_reachability.IsAway && connection.Grains is { } grains
            ? AskAsync(grains, question, terms, cancellationToken)
            : ConnectAndAskAsync(question, terms, cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose() => _localLoads.Dispose();

    private async ValueTask<Reached<T>> ConnectAndAskAsync<TState, T>(
        Question<TState, T> question, CallTerms terms, CancellationToken cancellationToken) =>
        (!_reachability.IsAway || await TryAgainAsync().ConfigureAwait(false))
            && await ConnectAsync(terms, cancellationToken).ConfigureAwait(false) is { } grains
            ? await AskAsync(grains, question, terms, cancellationToken).ConfigureAwait(false)
            : default;

    private async ValueTask<Reached<T>> AskAsync<TState, T>(
        IGrainFactory grains, Question<TState, T> question, CallTerms terms, CancellationToken cancellationToken)
    {
        var answers = _reachability.Answers;
        var sentAt = time.GetTimestamp();
        try
        {
            if (Send(grains, question) is not { } answer)
            {
                return default;
            }

            await ((Task)answer).WaitAsync(terms.Doubt, time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!IsHeard(answer))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var late = await WaitOnAsync(answer, grains, question, terms, sentAt, cancellationToken)
                    .ConfigureAwait(false);
                if (late is null)
                {
                    return default;
                }

                answer = late;
            }

            var reply = await answer.ConfigureAwait(false);
            OnAnswer(terms.Key);
            return new(IsReached: true, reply);
        }
        catch (Exception exception)
            when (Silences.Are(exception) && !cancellationToken.IsCancellationRequested)
        {
            OnSilence(terms.Key, answers, exception);
            return new(IsReached: false, default, exception);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            OnAnswer(terms.Key);
            throw;
        }
    }

    /// <summary>Waits for an answer that takes long, and asks again if the question lies in a silent gateway, or was
    /// refused on the way.</summary>
    /// <returns>The answer; null if this process was too busy to tell.</returns>
    /// <exception cref="TimeoutException">Nobody answered.</exception>
    private async Task<Task<T>?> WaitOnAsync<TState, T>(
        Task<T> answer,
        IGrainFactory grains,
        Question<TState, T> question,
        CallTerms terms,
        long sentAt,
        CancellationToken cancellationToken)
    {
        var isLost = LookAfterAsync(sentAt);
        if (terms.CanRepeat)
        {
            await FirstHeardAsync(answer, isLost).WaitAsync(cancellationToken).ConfigureAwait(false);
            if (!IsHeard(answer)
                && (answer.IsCompleted || (isLost.IsCompletedSuccessfully && await isLost.ConfigureAwait(false)))
                && Send(grains, question) is { } again)
            {
                var either = FirstHeardAsync(answer, again);
                return await HearAsync(either, terms.Limit).ConfigureAwait(false) is null ? null
                    : IsHeard(answer) ? answer : again;
            }
        }

        return answer.IsCompleted
            ? answer
            : await HearAsync(answer, terms.Limit - terms.Doubt).ConfigureAwait(false);

        async Task<TTask?> HearAsync<TTask>(TTask task, TimeSpan limit)
            where TTask : Task =>
            await _listener.HearAsync(task, limit, cancellationToken).ConfigureAwait(false) switch
            {
                true => task,
                false => throw new TimeoutException(),
                null => null,
            };
    }

    /// <summary>Whether a call has been answered, be it with an error.</summary>
    private static bool IsHeard(Task answer) =>
        answer.IsCompletedSuccessfully
        || (answer is { IsFaulted: true, Exception.InnerException: { } error } && !Silences.Are(error));

    /// <summary>Waits for an answer, or for the end of something else.</summary>
    private static async Task FirstHeardAsync(Task answer, Task other)
    {
        await Task.WhenAny(answer, other).ConfigureAwait(false);
        if (!IsHeard(answer))
        {
            await other.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Tries a cluster that is away, when it is time to: with a question that costs nothing, so that no call
    /// need wait for its limit.</summary>
    private async Task<bool> TryAgainAsync()
    {
        if (!_reachability.TryEnter())
        {
            return false;
        }

        LookAfterAsync(time.GetTimestamp()).Ignore();
        return await PingAsync().ConfigureAwait(false);
    }

    /// <summary>Finds out whether anybody answers, and which gateways do not.</summary>
    /// <returns>Whether what was sent since may lie in a gateway that was silent and is not used any more.</returns>
    private async Task<bool> LookAfterAsync(long sentAt)
    {
        if (await ConnectAsync().ConfigureAwait(false) is not { } grains)
        {
            return false;
        }

        SeekAsync().Ignore();
        return connection.Gateways is { } gateways
            && await gateways.CheckAsync(grains, sentAt).ConfigureAwait(false);
    }

    private async Task SeekAsync()
    {
        if (Interlocked.Exchange(ref _isSought, 1) == 0)
        {
            await PingAsync().ConfigureAwait(false);
            Volatile.Write(ref _isSought, 0);
        }
    }

    /// <summary>Asks whichever silo is reached first for nothing.</summary>
    private async Task<bool> PingAsync()
    {
        if (await ConnectAsync().ConfigureAwait(false) is not { } grains || Send(grains, Ping) is not { } answer)
        {
            return false;
        }

        if (await _listener.HearAsync(answer, PingLimit).ConfigureAwait(false) != true
            || !IsHeard(answer))
        {
            answer.Ignore();
            return false;
        }

        OnAnswer(key: null);
        return true;
    }

    /// <summary>Hands the call to Orleans.</summary>
    /// <returns>Null when it did not take it: what is thrown here never left the process, and is of any type where the
    /// application's own client is not started yet.</returns>
    private Task<T>? Send<TState, T>(IGrainFactory grains, Question<TState, T> question)
    {
        try
        {
            return question.Call(LinkTo(grains), question.State);
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

    /// <summary>Connects for a call; a change has its own limit for all that it waits for.</summary>
    private async ValueTask<IGrainFactory?> ConnectAsync(CallTerms terms, CancellationToken cancellationToken)
    {
        var limit = terms.CanRepeat ? Timeout.InfiniteTimeSpan : terms.Limit;
        await ((Task)ConnectAsync().AsTask()).WaitAsync(limit, time, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return connection.Grains;
    }

    private async ValueTask<IGrainFactory?> ConnectAsync()
    {
        var grains = await connection.ConnectAsync(connectLimit).ConfigureAwait(false);
        _isUnconnected = grains is null;
        return grains;
    }

    private void OnAnswer(string? key)
    {
        if (key is not null)
        {
            SilentOwners.OnAnswer(key);
        }

        if (_reachability.OnAnswer())
        {
            logger.Reachable();
        }
    }

    private void OnSilence(string? key, long answers, Exception exception)
    {
        if (key is not null)
        {
            SilentOwners.OnSilence(key);
        }

        if (_reachability.OnSilence(answers))
        {
            logger.Unreachable(Reachability.Pause, exception.Message);
        }
    }
}
