using System.Runtime.ExceptionServices;
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

    private OperationRetry? _retry;
    private long? _sentAt; // the first request, as a timestamp of the clock for waits

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

        // If this process already waits for a load, the owner only has to reply with the load's id.
        var maxWait = Predecessor?.Load is null ? ReadTimes.FirstWait : TimeSpan.Zero;
        var request = ReadRequests.First(call.Options, call.Cache.Fingerprint, maxWait);
        while (true)
        {
            Callers?.Gone.ThrowIfCancellationRequested();
            services.Stopping.ThrowIfCancellationRequested();
            var pending = BeginRequest();
            CallResult<EntryReply> answer;
            try
            {
                answer = await services.Owners.GetOrLeaseAsync(call.Text, request).ConfigureAwait(false);
            }
            catch (Exception exception) when (!services.Stopping.IsCancellationRequested)
            {
                answer = new(IsAnswered: false, Answer: null, exception);
            }

            if (await TryEndAsync(request, pending, answer).ConfigureAwait(false))
            {
                return;
            }

            if (answer.Answer is { } reply)
            {
                request = ReadRequests.Next(request, reply);
            }
        }
    }

    private PendingRead BeginRequest()
    {
        OnRequesting();
        _sentAt ??= services.Time.GetTimestamp();
        return services.Near.Begin(KeyVersion);
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
            return await ProceedWithoutReplyAsync(pending, answer.Error).ConfigureAwait(false);
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
            case EntryStatus.Leased:
                await Loading.RunAsync(pending, reply.Lease).ConfigureAwait(false);
                return true;
            case EntryStatus.Pending when !reply.IsOutdated && Load is not null && before?.Load == Load:
                return await TryFollowAsync(before).ConfigureAwait(false);
            case EntryStatus.Pending:
                return false;
            default:
                return TryComplete(request, reply, pending);
        }
    }

    /// <summary>Proceeds after the owner could not be reached, or replied with an error.</summary>
    /// <returns>Whether the read is complete; otherwise the owner is called again.</returns>
    private async Task<bool> ProceedWithoutReplyAsync(PendingRead pending, Exception? error)
    {
        if (LeaseErrors.ForCaller(error, call.Options.CanProceedWithoutOwner) is { } failure)
        {
            ExceptionDispatchInfo.Throw(
                error is ArgumentException refusal ? new EntryRefusedException(refusal) : failure);
        }

        if (call.Fallback is not null)
        {
            services.Owners.Unavailability.OnLocalLoad(call.Cache.Name, error);
            return await LoadLocallyAsync(pending).ConfigureAwait(false);
        }

        OnAnswered();
        if (call.Options.CanProceedWithoutOwner)
        {
            CompleteAtEnd(default);
            return true;
        }

        await (_retry ??= new(services))
            .PauseAsync($"'{call.Text}' was not read", error, services.Stopping).ConfigureAwait(false);
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
        var declaration = call.Cache.DeclarationFor(call.Text);
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

    private bool TryComplete(EntryRequest request, EntryReply reply, PendingRead pending)
    {
        if (!reply.TryRead(call.Cache.Codec, out var decoded, out var copy))
        {
            call.Cache.Meter.OnUnreadable();
            return call.Options.Demand != EntryDemand.Loaded || request.Refused == 0
                ? false
                : throw new InvalidDataException(
                    $"The value that the silos load for '{call.Text}' cannot be read as {typeof(T)}.");
        }

        services.Near.Keep(call.Cache, call.Key, call.Text, pending, copy.Within(call.Options.NearLease));
        services.Checks.OnReply(call.Cache.Name, call.Text, reply, _sentAt!.Value);
        CompleteAtEnd(decoded);
        return true;
    }
}
