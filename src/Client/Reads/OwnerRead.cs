using CacheOrleans.Client.Connection;
using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Reads;

/// <summary>Reads one value from the key's owner, or loads it with the caller's fallback: under the lease that the
/// owner gives, or alone when the owner cannot be reached.</summary>
/// <remarks>It runs in the context of the caller that began it.</remarks>
internal sealed class OwnerRead<TKey, TState, T>(
    ReadServices services, ReadCall<TKey, TState, T> call, KeyVersion keyVersion)
    : SharedRead<T>(
        keyVersion, services.Near.Tags, call.Options.IsTold, call.Options.EndsWithCallers ? new ReadCallers() : null)
    where TKey : notnull
{
    /// <summary>How long a question waits for the answer to the one before.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMilliseconds(10);

    /// <summary>The pause before the cluster is tried again by a read that cannot do without.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private Exception? _lastError;
    private long? _unansweredSince;

    /// <summary>Whether it is an answer that the owner does not answer.</summary>
    private bool CanDoWithout =>
        call.Fallback is not null || call.Options is { Demand: EntryDemand.Stored, IsEssential: false };

    private ReadLoad<TKey, TState, T> Loading => new(services, call, this);

    /// <summary>Asks the owner until it has an answer.</summary>
    public override async Task RunAsync()
    {
        if (Predecessor?.Failing is { } report)
        {
            await report.WaitAsync(Callers?.Gone ?? CancellationToken.None)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (await TrySharePredecessorAsync().ConfigureAwait(false))
        {
            return;
        }

        var request = ReadRequests.First(
            call.Options, call.Cache.Fingerprint, isLoading: Predecessor?.Load is not null);
        while (true)
        {
            Callers?.Gone.ThrowIfCancellationRequested();
            services.Stopping.ThrowIfCancellationRequested();
            OnAsking();
            var pending = services.Near.Begin(KeyVersion);
            CallResult<EntryReply> answer;
            try
            {
                answer = await services.Owners.AskAsync(call.Text, request).ConfigureAwait(false);
            }
            catch (Exception exception)
                when (CanDoWithout || exception is LeaseFailedException or ArgumentException)
            {
                answer = AnswerOf(exception);
            }

            if (await TryEndAsync(request, pending, answer).ConfigureAwait(false))
            {
                return;
            }

            if (answer.Answer is { } reply)
            {
                request = ReadRequests.Again(request, reply);
            }
        }
    }

    /// <summary>Waits for the answer to the question before, which may be older than this read's callers: those who
    /// come meanwhile need no question of their own. An answer that takes long is not waited for.</summary>
    /// <returns>Whether that was all: the cluster does not answer, and the process loads the value by itself.</returns>
    private async Task<bool> TrySharePredecessorAsync()
    {
        if (Predecessor is not { IsAsking: true } before)
        {
            return false;
        }

        await before.AnsweredAsync()
            .WaitAsync(AnswerLimit, services.Time, Callers?.Gone ?? CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return call.Options.IsTold && await TryShareLocalAsync().ConfigureAwait(false);
    }

    /// <summary>Waits for what this process loads by itself already, as the cluster does not answer.</summary>
    /// <returns>Whether that was all.</returns>
    private async Task<bool> TryShareLocalAsync()
    {
        if (Predecessor is not SharedRead<T> { IsLoadingLocally: true } before)
        {
            return false;
        }

        OnAsking();
        IsLocal = true;
        OnAnswered();
        var root = before.Root ?? before;
        if (call.Options.IsTold || root.LoadsLaterThan(this))
        {
            return IsLocal = await TryFollowAsync(before).ConfigureAwait(false);
        }

        // What it loads may be older than a change of which these callers know. They are next, all in one load.
        await EndsAsync(root).ConfigureAwait(false);
        return false;
    }

    /// <summary>Acts on an answer.</summary>
    /// <returns>Whether that was all; else the owner is asked again.</returns>
    private async Task<bool> TryEndAsync(EntryRequest request, PendingRead pending, CallResult<EntryReply> answer)
    {
        if (answer.Answer is not { } reply)
        {
            _lastError = answer.Error ?? _lastError;
            return await DoWithoutAsync(pending).ConfigureAwait(false);
        }

        if (reply.Status == EntryStatus.Undeclared)
        {
            // No answer yet: callers who come meanwhile wait for what the declaration comes to.
            return !await IsDeclaredAsync().ConfigureAwait(false)
                && await LoadLocallyAsync(pending).ConfigureAwait(false);
        }

        var before = Predecessor as SharedRead<T>;
        Predecessor = null;
        Load = reply.Lease == default ? null : new LoadId(reply.Lease);
        OnAnswered();
        switch (reply.Status)
        {
            case EntryStatus.Value when TryComplete(reply, pending):
                return true;
            case EntryStatus.Value when call.Options.Demand == EntryDemand.Loaded && request.Refused != 0:
                throw new InvalidDataException(
                    $"What the silos load for '{call.Text}' cannot be read as {typeof(T)}.");
            case EntryStatus.NotFound:
            case EntryStatus.Nothing:
                CompleteWithoutValue(reply, pending);
                return true;
            case EntryStatus.Leased:
                await Loading.RunAsync(pending, reply.Lease).ConfigureAwait(false);
                return true;
            case EntryStatus.Pending when !reply.IsOutdated && Load is not null && before?.Load == Load:
                return await TryFollowAsync(before).ConfigureAwait(false);
            case EntryStatus.Value:
            case EntryStatus.Pending:
                return false;
            default:
                throw new InvalidOperationException($"'{reply.Status}' is no answer that this version knows.");
        }
    }

    /// <summary>What an error of the owner comes to.</summary>
    private CallResult<EntryReply> AnswerOf(Exception exception) => exception switch
    {
        LeaseFailedException failed when call.Fallback is null || !LeaseErrors.HadAValue(failed) =>
            throw services.Errors.Unpack(failed),
        ArgumentException refusal => throw new EntryRefusedException(refusal),

        // Whatever is wrong with the owner, the caller goes on without it.
        _ => new(IsAnswered: false, Answer: null, exception),
    };

    /// <summary>The owner cannot be reached.</summary>
    /// <returns>Whether that was all; else it is asked again.</returns>
    private async Task<bool> DoWithoutAsync(PendingRead pending)
    {
        if (call.Fallback is not null)
        {
            services.Owners.Absence.OnLocalLoad(call.Cache.Name, _lastError);
            return await LoadLocallyAsync(pending).ConfigureAwait(false);
        }

        OnAnswered();
        if (CanDoWithout)
        {
            Complete(default);
            return true;
        }

        _unansweredSince ??= services.Time.GetTimestamp();
        if (services.Owners.IsAway || services.Time.GetElapsedTime(_unansweredSince.Value) >= services.OperationTimeout)
        {
            throw new CacheUnavailableException(
                $"'{call.Text}' was not read: {services.Owners.Absence.Reason}.", _lastError);
        }

        await Task.Delay(Pause, services.Time, services.Stopping).ConfigureAwait(false);
        return false;
    }

    /// <summary>Loads the value without the cluster, or waits for what this process loads so already.</summary>
    /// <returns>True: that was all.</returns>
    private async Task<bool> LoadLocallyAsync(PendingRead pending)
    {
        if (await TryShareLocalAsync().ConfigureAwait(false))
        {
            return true;
        }

        Predecessor = null;
        IsLocal = true;
        OnAnswered();
        OnLoading();
        call.Cache.Meter.OnLocal();
        await Loading.RunAsync(pending, lease: null).ConfigureAwait(false);
        return true;
    }

    /// <summary>Tells the owner's silo of the cache.</summary>
    /// <returns>Whether the owner is to be asked again; else it does not take the definition, and the fallback runs
    /// without it.</returns>
    private async Task<bool> IsDeclaredAsync()
    {
        if (call.Cache.Declaration is not { } declaration)
        {
            throw new ArgumentException($"No silo knows the cache of '{call.Text}', nor does this call.");
        }

        try
        {
            await services.Owners.DeclareAsync(call.Text, declaration).ConfigureAwait(false);
            return true;
        }
        catch (ArgumentException exception) when (call.Fallback is null)
        {
            throw new EntryRefusedException(exception);
        }
        catch (ArgumentException exception)
        {
            call.Cache.OnRefused(exception);
            return false;
        }
    }

    private bool TryComplete(EntryReply reply, PendingRead pending)
    {
        if (!call.Cache.Codec.TryDecode(reply.Value!, out var decoded))
        {
            call.Cache.Meter.OnUnreadable();
            return false;
        }

        var life = reply.IsSliding ? TimeSpan.Zero : reply.TimeLeft;
        Keep(pending, new(decoded.Value, reply.Stamp, life, reply.Tags));
        Complete(decoded);
        return true;
    }

    private void CompleteWithoutValue(EntryReply reply, PendingRead pending)
    {
        if (reply.Status == EntryStatus.NotFound)
        {
            Keep(pending, new(CachedValue<T>.None, reply.Stamp, reply.TimeLeft, reply.Tags));
        }

        Complete(default);
    }

    private void Keep(PendingRead pending, Copy<T> copy) =>
        services.Near.Keep(call.Cache, call.Key, call.Text, pending, copy.Within(call.Options.NearLease));
}
