using CacheOrleans.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Client.Connection;

/// <summary>Calls grains within time limits, and skips calls while their owner or the whole cluster does not
/// respond.</summary>
/// <param name="connection">The connection to the cluster.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Logs when the cluster stops or resumes responding.</param>
internal sealed class Cluster(ClientConnection connection, TimeProvider time, ILogger<Cluster> logger) : IDisposable
{
    /// <summary>How long the response to a ping may take.</summary>
    private static readonly TimeSpan PingLimit = TimeSpan.FromMilliseconds(800);

    private static readonly OwnerCall<int, bool[]> Ping =
        new(0, static (link, _) => link.Grains.GetGrain<ICacheBatchGrain>(0).RenewAsync([], []));

    private readonly Reachability _reachability = new(time);
    private readonly Listener _listener = new(time);
    private readonly RepeatedLine _localLoads = new(time);
    private int _isPinging;

    /// <summary>The keys whose owners do not respond.</summary>
    public UnresponsiveOwners UnresponsiveOwners { get; } = new(time);

    /// <summary>Whether no silo can be reached, as far as is known, so that it is useless to wait for one.</summary>
    public bool IsAway => connection.HasFailed || _reachability.IsAway;

    /// <summary>Explains why calls are not answered.</summary>
    public Unavailability Unavailability => field ??= new(connection, _reachability, _localLoads, logger);

    /// <summary>Makes a call.</summary>
    /// <param name="state">Passed to <paramref name="call"/>.</param>
    /// <param name="call">The call.</param>
    /// <param name="limits">The limits of the call.</param>
    /// <param name="cancellationToken">Ends the wait of this caller.</param>
    /// <returns>The answer, or that there was none. An error that the grain itself raised is thrown.</returns>
    public ValueTask<CallResult<T>> CallAsync<TState, T>(
        TState state,
        Func<ClusterLink, TState, Task<T>> call,
        CallLimits limits,
        CancellationToken cancellationToken = default)
    {
        if (limits.Key is { } key && !UnresponsiveOwners.TryEnter(key))
        {
            return default;
        }

        var ownerCall = new OwnerCall<TState, T>(state, call);
        return !_reachability.IsAway && connection.IsConnected
            ? SendAsync(ownerCall, limits, cancellationToken)
            : ConnectAndSendAsync(ownerCall, limits, cancellationToken);
    }

    public void Dispose() => _localLoads.Dispose();

    private async ValueTask<CallResult<T>> ConnectAndSendAsync<TState, T>(
        OwnerCall<TState, T> ownerCall, CallLimits limits, CancellationToken cancellationToken) =>
        (!_reachability.IsAway || await TryAgainAsync().ConfigureAwait(false))
            && await ConnectAsync(limits, cancellationToken).ConfigureAwait(false)
            ? await SendAsync(ownerCall, limits, cancellationToken).ConfigureAwait(false)
            : default;

    private async ValueTask<CallResult<T>> SendAsync<TState, T>(
        OwnerCall<TState, T> ownerCall, CallLimits limits, CancellationToken cancellationToken)
    {
        var answers = _reachability.Answers;
        var sentAt = time.GetTimestamp();
        try
        {
            if (connection.Send(ownerCall) is not { } answer)
            {
                return default;
            }

            await ((Task)answer).WaitAsync(limits.CheckAfter, time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!HasReply(answer))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var late = await WaitLongerAsync(answer, ownerCall, limits, sentAt, cancellationToken)
                    .ConfigureAwait(false);
                if (late is null)
                {
                    return default;
                }

                answer = late;
            }

            var reply = await answer.ConfigureAwait(false);
            OnAnswer(limits.Key);
            return new(IsAnswered: true, reply);
        }
        catch (Exception exception)
            when (NoAnswer.Is(exception) && !cancellationToken.IsCancellationRequested)
        {
            OnNoAnswer(limits.Key, answers, exception);
            return new(IsAnswered: false, default, exception);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            OnAnswer(limits.Key);
            throw;
        }
    }

    /// <summary>Waits for a slow answer, and repeats the call if the message may be stuck at an unresponsive gateway,
    /// or was rejected on the way.</summary>
    /// <returns>The answer; null if this process was too busy to know whether there is one.</returns>
    /// <exception cref="TimeoutException">There was no answer.</exception>
    private async Task<Task<T>?> WaitLongerAsync<TState, T>(
        Task<T> answer,
        OwnerCall<TState, T> ownerCall,
        CallLimits limits,
        long sentAt,
        CancellationToken cancellationToken)
    {
        var isLost = CheckSilosAsync(sentAt);
        if (limits.CanRepeat)
        {
            await FirstReplyAsync(answer, isLost).WaitAsync(cancellationToken).ConfigureAwait(false);
            if (!HasReply(answer)
                && (answer.IsCompleted || (isLost.IsCompletedSuccessfully && await isLost.ConfigureAwait(false)))
                && connection.Send(ownerCall) is { } again)
            {
                var either = FirstReplyAsync(answer, again);
                return await WaitForReplyAsync(either, limits.Limit).ConfigureAwait(false) is null ? null
                    : HasReply(answer) ? answer : again;
            }
        }

        return answer.IsCompleted
            ? answer
            : await WaitForReplyAsync(answer, limits.Limit - limits.CheckAfter).ConfigureAwait(false);

        async Task<TTask?> WaitForReplyAsync<TTask>(TTask task, TimeSpan limit)
            where TTask : Task =>
            await _listener.WaitForAnswerAsync(task, limit, cancellationToken).ConfigureAwait(false) switch
            {
                true => task,
                false => throw new TimeoutException(),
                null => null,
            };
    }

    /// <summary>Whether a call was answered, possibly with an error.</summary>
    private static bool HasReply(Task answer) =>
        answer.IsCompletedSuccessfully
        || (answer is { IsFaulted: true, Exception.InnerException: { } error } && !NoAnswer.Is(error));

    /// <summary>Waits until a call is answered, or, if it is not, until another task completes.</summary>
    private static async Task FirstReplyAsync(Task answer, Task other)
    {
        await Task.WhenAny(answer, other).ConfigureAwait(false);
        if (!HasReply(answer))
        {
            await other.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Probes an unreachable cluster when its pause has passed. It sends a ping, which costs nothing, so that
    /// no call has to wait for its time limit.</summary>
    private async Task<bool> TryAgainAsync()
    {
        if (!_reachability.TryEnter())
        {
            return false;
        }

        CheckSilosAsync(time.GetTimestamp()).Ignore();
        return await PingAsync().ConfigureAwait(false);
    }

    /// <summary>Checks whether any silo responds, and which gateways do not.</summary>
    /// <returns>Whether a message sent since <paramref name="sentAt"/> may be stuck at a gateway that did not respond
    /// and is no longer used.</returns>
    private async Task<bool> CheckSilosAsync(long sentAt)
    {
        if (!await connection.ConnectAsync().ConfigureAwait(false))
        {
            return false;
        }

        PingOnceAsync().Ignore();
        return await connection.CheckGatewaysAsync(sentAt).ConfigureAwait(false);
    }

    private async Task PingOnceAsync()
    {
        if (Interlocked.Exchange(ref _isPinging, 1) == 0)
        {
            await PingAsync().ConfigureAwait(false);
            Volatile.Write(ref _isPinging, 0);
        }
    }

    /// <summary>Pings the first silo that can be reached.</summary>
    private async Task<bool> PingAsync()
    {
        if (!await connection.ConnectAsync().ConfigureAwait(false) || connection.Send(Ping) is not { } answer)
        {
            return false;
        }

        if (await _listener.WaitForAnswerAsync(answer, PingLimit).ConfigureAwait(false) != true
            || !HasReply(answer))
        {
            answer.Ignore();
            return false;
        }

        OnAnswer(key: null);
        return true;
    }

    /// <summary>Connects for a call. A change has one time limit for everything that it waits for.</summary>
    private async ValueTask<bool> ConnectAsync(CallLimits limits, CancellationToken cancellationToken)
    {
        var limit = limits.CanRepeat ? Timeout.InfiniteTimeSpan : limits.Limit;
        await ((Task)connection.ConnectAsync().AsTask()).WaitAsync(limit, time, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return connection.IsConnected;
    }

    private void OnAnswer(string? key)
    {
        UnresponsiveOwners.OnAnswer(key);
        if (_reachability.OnAnswer())
        {
            logger.Reachable();
        }
    }

    private void OnNoAnswer(string? key, long answers, Exception exception)
    {
        if (key is not null)
        {
            UnresponsiveOwners.OnNoAnswer(key);
        }

        if (_reachability.OnNoAnswer(answers))
        {
            logger.Unreachable(Reachability.Pause, exception.Message);
        }
    }
}
