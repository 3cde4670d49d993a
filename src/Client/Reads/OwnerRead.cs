using CacheOrleans.Client.Connection;
using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Reads;

/// <summary>Reads one value from the key's owner, or loads it with the caller's fallback: under a lease from the owner,
/// or without the cluster when the owner cannot be reached.</summary>
/// <remarks>It runs in the context of the caller that began it.</remarks>
internal sealed class OwnerRead<TKey, TState, T>(
    ReadServices services, ReadCall<TKey, TState, T> call, KeyVersion keyVersion)
    : SharedRead<T>(
        keyVersion,
        services.Near.Tags,
        call.Options.ReceivesChanges,
        call.Options.EndsWithCallers ? new ReadCallers() : null)
    where TKey : notnull
{
    /// <summary>How long a read waits for the reply to the read before it.</summary>
    private static readonly TimeSpan PredecessorLimit = TimeSpan.FromMilliseconds(10);

    /// <summary>The pause before a read that cannot proceed without the cluster tries it again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private Exception? _lastError;
    private long? _unansweredSince;

    /// <summary>Whether the call can complete without a reply from the owner.</summary>
    private bool CanProceedWithoutOwner =>
        call.Fallback is not null || call.Options is { Demand: EntryDemand.Stored, IsEssential: false };

    private ReadLoad<TKey, TState, T> Loading => new(services, call, this);

    /// <summary>Requests the value from the owner until the read has a result.</summary>
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
            OnRequesting();
            var pending = services.Near.Begin(KeyVersion);
            CallResult<EntryReply> answer;
            try
            {
                answer = await services.Owners.AskAsync(call.Text, request).ConfigureAwait(false);
            }
            catch (Exception exception)
                when (CanProceedWithoutOwner || exception is LeaseFailedException or ArgumentException)
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

    /// <summary>Waits for the reply to the read before, which may have been sent before this read's callers came:
    /// callers that come in the meantime then share this read and need no request of their own. A slow reply is not
    /// waited for.</summary>
    /// <returns>Whether the read is complete: the cluster does not respond, and this process loads the value without
    /// it.</returns>
    private async Task<bool> TrySharePredecessorAsync()
    {
        if (Predecessor is not { IsRequesting: true } before)
        {
            return false;
        }

        await before.AnsweredAsync()
            .WaitAsync(PredecessorLimit, services.Time, Callers?.Gone ?? CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return call.Options.ReceivesChanges && await TryShareLocalAsync().ConfigureAwait(false);
    }

    /// <summary>Waits for a load that this process already runs without the cluster, which does not respond.</summary>
    /// <returns>Whether the read is complete.</returns>
    private async Task<bool> TryShareLocalAsync()
    {
        if (Predecessor is not SharedRead<T> { IsLoadingLocally: true } before)
        {
            return false;
        }

        OnRequesting();
        IsLocal = true;
        OnAnswered();
        var root = before.Root ?? before;
        if (call.Options.ReceivesChanges || root.LoadsLaterThan(this))
        {
            return IsLocal = await TryFollowAsync(before).ConfigureAwait(false);
        }

        // The loaded value may be older than a change that these callers know of. They all share the next load.
        await WaitForEndAsync(root).ConfigureAwait(false);
        return false;
    }

    /// <summary>Handles the reply of the owner.</summary>
    /// <returns>Whether the read is complete; otherwise the owner is called again.</returns>
    private async Task<bool> TryEndAsync(EntryRequest request, PendingRead pending, CallResult<EntryReply> answer)
    {
        if (answer.Answer is not { } reply)
        {
            _lastError = answer.Error ?? _lastError;
            return await ProceedWithoutOwnerAsync(pending).ConfigureAwait(false);
        }

        if (reply.Status == EntryStatus.Undeclared)
        {
            // This is not a reply yet: callers that come in the meantime wait for the result of the declaration.
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
                    $"The value that the silos load for '{call.Text}' cannot be read as {typeof(T)}.");
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
                throw new InvalidOperationException(
                    $"The owner replied '{reply.Status}', which this version of the client does not know.");
        }
    }

    /// <summary>Converts an error of the owner into a result, or throws it if it is the caller's.</summary>
    private CallResult<EntryReply> AnswerOf(Exception exception) => exception switch
    {
        LeaseFailedException failed when call.Fallback is null || !LeaseErrors.IsValueWithoutBytes(failed) =>
            throw services.Errors.Unpack(failed),
        ArgumentException refusal => throw new EntryRefusedException(refusal),

        // Whatever failed at the owner, the caller proceeds without it.
        _ => new(IsAnswered: false, Answer: null, exception),
    };

    /// <summary>Proceeds after the owner could not be reached.</summary>
    /// <returns>Whether the read is complete; otherwise the owner is called again.</returns>
    private async Task<bool> ProceedWithoutOwnerAsync(PendingRead pending)
    {
        if (call.Fallback is not null)
        {
            services.Owners.Absence.OnLocalLoad(call.Cache.Name, _lastError);
            return await LoadLocallyAsync(pending).ConfigureAwait(false);
        }

        OnAnswered();
        if (CanProceedWithoutOwner)
        {
            CompleteAtEnd(default);
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

    /// <summary>Loads the value without the cluster, or waits for a load that this process already runs without
    /// it.</summary>
    /// <returns>True: the read is complete.</returns>
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

    /// <summary>Declares the cache to the owner's silo.</summary>
    /// <returns>Whether the owner is to be called again; otherwise it rejects the definition, and the fallback runs
    /// without it.</returns>
    private async Task<bool> IsDeclaredAsync()
    {
        if (call.Cache.Declaration is not { } declaration)
        {
            throw new ArgumentException(
                $"No silo knows the cache of '{call.Text}', and this call has no definition to declare it with.");
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
        CompleteAtEnd(decoded);
        return true;
    }

    private void CompleteWithoutValue(EntryReply reply, PendingRead pending)
    {
        if (reply.Status == EntryStatus.NotFound)
        {
            Keep(pending, new(CachedValue<T>.None, reply.Stamp, reply.TimeLeft, reply.Tags));
        }

        CompleteAtEnd(default);
    }

    private void Keep(PendingRead pending, Copy<T> copy) =>
        services.Near.Keep(call.Cache, call.Key, call.Text, pending, copy.Within(call.Options.NearLease));
}
