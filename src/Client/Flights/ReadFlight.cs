using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Connection;
using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Flights;

/// <summary>Reads one value from the key's owner, or loads it with the caller's fallback: under the lease that the
/// owner gives, or alone when the owner cannot be reached.</summary>
/// <remarks>It runs in the context of the caller that began it.</remarks>
internal sealed class ReadFlight<TKey, TState, T>(
    FlightServices services, ReadCall<TKey, TState, T> call, NearTicket ticket)
    : Flight<T>(
        ticket, services.Near.Tags, call.Terms.IsTold, call.Terms.EndsWithCallers ? new FlightCallers() : null)
    where TKey : notnull
{
    /// <summary>How long the caller waits for the owner to have what was loaded.</summary>
    private static readonly TimeSpan HandOverLimit = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a question waits for the answer to the one before.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMilliseconds(10);

    /// <summary>The pause before the cluster is tried again by a read that cannot do without.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private Exception? _silence;
    private long? _silentSince;

    /// <summary>Whether it is an answer that the owner does not answer.</summary>
    private bool CanDoWithout =>
        call.Fallback is not null || call.Terms is { Demand: EntryDemand.Stored, IsEssential: false };

    /// <summary>Asks the owner until it has an answer.</summary>
    public override async Task RunAsync()
    {
        if (await TrySharePredecessorAsync().ConfigureAwait(false))
        {
            return;
        }

        var request = ReadRequests.First(
            call.Terms, call.Cache.Fingerprint, isLoading: Predecessor?.Load is not null);
        while (true)
        {
            Callers?.Gone.ThrowIfCancellationRequested();
            services.Stopping.ThrowIfCancellationRequested();
            OnAsking();
            var question = services.Near.Ask(Ticket);
            Reached<EntryReply> answer;
            try
            {
                answer = await services.Owners.AskAsync(call.Text, request).ConfigureAwait(false);
            }
            catch (Exception exception)
                when (CanDoWithout || exception is LeaseFailedException or ArgumentException)
            {
                answer = AnswerOf(exception);
            }

            if (await TryEndAsync(request, question, answer).ConfigureAwait(false))
            {
                return;
            }

            if (answer.Answer is { } reply)
            {
                request = ReadRequests.Again(request, reply);
            }
        }
    }

    /// <summary>Waits for the answer to the question before, which may be older than this flight's callers: those who
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
        return await TryShareLocalAsync().ConfigureAwait(false);
    }

    /// <summary>Waits for what this process loads by itself already, as the cluster does not answer.</summary>
    private async Task<bool> TryShareLocalAsync()
    {
        if (Predecessor is not Flight<T> { IsLoadingLocally: true } before)
        {
            return false;
        }

        OnAsking();
        IsLocal = true;
        OnAnswered();
        return IsLocal = await TryFollowAsync(before).ConfigureAwait(false);
    }

    /// <summary>Acts on an answer.</summary>
    /// <returns>Whether that was all; else the owner is asked again.</returns>
    private async Task<bool> TryEndAsync(EntryRequest request, NearQuestion question, Reached<EntryReply> answer)
    {
        if (answer.Answer is not { } reply)
        {
            _silence = answer.Silence ?? _silence;
            return await DoWithoutAsync(question).ConfigureAwait(false);
        }

        if (reply.Status == EntryStatus.Undeclared)
        {
            // No answer yet: callers who come meanwhile wait for what the declaration comes to.
            return !await IsDeclaredAsync().ConfigureAwait(false)
                && await LoadAloneAsync(question).ConfigureAwait(false);
        }

        var before = Predecessor as Flight<T>;
        Predecessor = null;
        Load = reply.Lease == default ? null : new LoadId(reply.Lease);
        OnAnswered();
        switch (reply.Status)
        {
            case EntryStatus.Value when TryLand(reply, question):
                return true;
            case EntryStatus.Value when call.Terms.Demand == EntryDemand.Loaded && request.Refused != 0:
                throw new InvalidDataException(
                    $"What the silos load for '{call.Text}' cannot be read as {typeof(T)}.");
            case EntryStatus.NotFound:
            case EntryStatus.Nothing:
                LandNothing(reply, question);
                return true;
            case EntryStatus.Leased:
                await LoadAsync(question, reply.Lease).ConfigureAwait(false);
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
    private Reached<EntryReply> AnswerOf(Exception exception) => exception switch
    {
        LeaseFailedException failed when call.Fallback is null || !LeaseErrors.HadAValue(failed) =>
            throw services.Errors.Unpack(failed),
        ArgumentException refusal => throw new EntryRefusedException(refusal),

        // Whatever is wrong with the owner, the caller goes on without it.
        _ => new(IsReached: false, Answer: null, exception),
    };

    /// <summary>The owner cannot be reached.</summary>
    /// <returns>Whether that was all; else it is asked again.</returns>
    private async Task<bool> DoWithoutAsync(NearQuestion question)
    {
        if (call.Fallback is not null)
        {
            return await LoadAloneAsync(question).ConfigureAwait(false);
        }

        OnAnswered();
        if (CanDoWithout)
        {
            LandLast(default);
            return true;
        }

        _silentSince ??= services.Time.GetTimestamp();
        if (services.Time.GetElapsedTime(_silentSince.Value) >= services.Patience)
        {
            throw new CacheUnavailableException(
                $"'{call.Text}' was not read: no silo has answered for {services.Patience}.", _silence);
        }

        await Task.Delay(Pause, services.Time, services.Stopping).ConfigureAwait(false);
        return false;
    }

    /// <summary>Loads the value without the cluster, or waits for what this process loads so already.</summary>
    /// <returns>True: that was all.</returns>
    private async Task<bool> LoadAloneAsync(NearQuestion question)
    {
        if (await TryShareLocalAsync().ConfigureAwait(false))
        {
            return true;
        }

        Predecessor = null;
        IsLocal = true;
        OnAnswered();
        call.Cache.Meter.OnLocal();
        await LoadAsync(question, lease: null).ConfigureAwait(false);
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

    private bool TryLand(EntryReply reply, NearQuestion question)
    {
        if (!call.Cache.Codec.TryDecode(reply.Value!, out var decoded))
        {
            call.Cache.Meter.OnUnreadable();
            return false;
        }

        var life = reply.IsSliding ? TimeSpan.Zero : reply.TimeLeft;
        Keep(question, new(decoded.Value, reply.Stamp, life, reply.Tags));
        LandLast(decoded);
        return true;
    }

    private void LandNothing(EntryReply reply, NearQuestion question)
    {
        if (reply.Status == EntryStatus.NotFound)
        {
            Keep(question, new(CachedValue<T>.None, reply.Stamp, reply.TimeLeft, reply.Tags));
        }

        LandLast(default);
    }

    private void Keep(NearQuestion question, NearFinding<T> finding) =>
        services.Near.Keep(call.Cache, call.Key, call.Text, question, finding.Within(call.Terms.NearLease));

    /// <summary>Runs the fallback, and gives its value to the owner and to who waits here.</summary>
    private async Task LoadAsync(NearQuestion question, Guid? lease)
    {
        call.Cache.Meter.OnFallback();
        var run = lease is { } id ? new LeaseRun(services, call.Text, id) : null;
        var fallback = new FallbackRun(services, this, call.Terms.FallbackTimeout, run);
        byte[]? bytes;
        Decoded<T> decoded;
        try
        {
            var value = await fallback.RunAsync(call.Text, call.State, call.Fallback!).ConfigureAwait(false);
            bytes = Encode(value, out decoded);
        }
        catch (Exception exception) when (!services.Stopping.IsCancellationRequested)
        {
            await EndAsync(
                (fallback.IsGivenUp ? run?.GiveUpAsync() : run?.FailAsync(exception)) ?? Task.CompletedTask,
                () => Fail(exception)).ConfigureAwait(false);
            return;
        }

        var isShareable = bytes is not null || !decoded.Value.IsFound;
        if (!isShareable && decoded.Value.Length > 0)
        {
            // Nobody else knows of it, so nobody tells of its end.
            Keep(question, new(decoded.Value, question.LocalStamp, call.Terms.NearLease, call.Terms.Tags));
        }

        await EndAsync(
            isShareable
                ? HandOverAsync(run, question, decoded.Value, bytes)
                : run?.FailAsync(typeof(T)) ?? Task.CompletedTask,
            () => Land(decoded)).ConfigureAwait(false);
    }

    /// <summary>Ends the wait once the owner knows how the load ended, unless that takes it unusually long: a caller
    /// that has a value finds it in the cache too, and one that has an error does not get it again.</summary>
    private async Task EndAsync(Task told, Action end)
    {
        await told.WaitAsync(HandOverLimit, services.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        end();
        await told.ConfigureAwait(false);
    }

    private byte[]? Encode(T? value, out Decoded<T> decoded)
    {
        decoded = default;
        return value is not null || call.Cache.Codec.KeepsNull ? call.Cache.Codec.Encode(value!, out decoded) : null;
    }

    /// <summary>Brings the owner what was loaded, and keeps a copy: as told by the owner, or without it for the
    /// near-lease at the most.</summary>
    private async Task HandOverAsync(LeaseRun? run, NearQuestion question, CachedValue<T> value, byte[]? bytes)
    {
        var declaration = call.Cache.Declaration;
        var sentAt = services.Near.Now;
        var outcome = run is null
            ? default
            : await run.CompleteAsync(bytes, call.Terms.TimeToLive, call.Terms.Tags, declaration?.Life)
                .ConfigureAwait(false);
        if (outcome.Answer is { } kept)
        {
            if (kept.IsKept)
            {
                var moment = question with { SentAt = sentAt };
                Keep(moment, new(value, kept.Stamp, kept.TimeLeft, call.Terms.Tags));
            }

            return;
        }

        var life = bytes is null
            ? declaration?.Life.NotFoundTimeToLive
            : call.Terms.TimeToLive ?? declaration?.Life.TimeToLive;
        Keep(question, new(value, question.LocalStamp, life ?? call.Terms.NearLease, call.Terms.Tags));
    }
}
