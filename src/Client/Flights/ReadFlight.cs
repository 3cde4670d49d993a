using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Connection;
using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Flights;

/// <summary>Reads one value from the key's owner, or loads it with the caller's fallback: under the lease that the
/// owner gives, or alone when the owner cannot be reached.</summary>
/// <remarks>It runs in the context of the caller that began it.</remarks>
internal sealed class ReadFlight<TKey, TState, T>(
    FlightServices services, ReadCall<TKey, TState, T> call, NearTicket ticket)
    : Flight<T>(ticket, services.Near.Tags, call.Terms.EndsWithCallers ? new FlightCallers() : null)
    where TKey : notnull
{
    /// <summary>How long the owner may hold the first question: most values are there or come soon.</summary>
    private static readonly TimeSpan FirstHold = TimeSpan.FromMilliseconds(50);

    /// <summary>How long it may hold further ones, while somebody loads the value.</summary>
    private static readonly TimeSpan LongHold = TimeSpan.FromSeconds(2);

    /// <summary>How long the caller waits for the owner to have what was loaded.</summary>
    private static readonly TimeSpan HandOverLimit = TimeSpan.FromMilliseconds(50);

    /// <summary>The pause before the cluster is tried again by a read that cannot do without.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private Exception? _silence;
    private long? _silentSince;

    private bool CanDoWithout =>
        call.Fallback is not null || call.Terms is { Demand: EntryDemand.Stored, IsEssential: false };

    /// <summary>Asks the owner until it has an answer.</summary>
    public override async Task RunAsync()
    {
        var request = new EntryRequest(
            call.Terms.Demand,
            FirstHold,
            NearLease: call.Terms.NearLease,
            Refused: call.Terms.Renews ? EntryRequest.RefuseAll : 0);
        while (true)
        {
            Callers?.Gone.ThrowIfCancellationRequested();
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

            if (answer.Answer is not { } reply)
            {
                _silence = answer.Silence ?? _silence;
                if (await DoWithoutAsync(question).ConfigureAwait(false))
                {
                    return;
                }

                continue;
            }

            switch (reply.Status)
            {
                case EntryStatus.Value when TryLand(reply, question):
                    return;
                case EntryStatus.Value when call.Terms.Demand == EntryDemand.Loaded && request.Refused != 0:
                    throw new InvalidDataException(
                        $"What the silos load for '{call.Text}' cannot be read as {typeof(T)}.");
                case EntryStatus.Value:
                    request = request with { Refused = reply.Stamp };
                    break;
                case EntryStatus.NotFound:
                case EntryStatus.Nothing:
                    LandNothing(reply, question);
                    return;
                case EntryStatus.Leased:
                    await LoadAsync(question, reply.Lease).ConfigureAwait(false);
                    return;
                case EntryStatus.Pending:
                    request = request with
                    {
                        Hold = LongHold,
                        Awaited = reply.Lease,

                        // What comes from now on was made meanwhile, and is new enough.
                        Refused = request.Refused == EntryRequest.RefuseAll ? reply.Stamp : request.Refused,
                    };
                    break;
                case EntryStatus.Undeclared:
                    await DeclareAsync().ConfigureAwait(false);
                    break;
                default:
                    throw new InvalidOperationException($"'{reply.Status}' is no answer that this version knows.");
            }
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
            call.Cache.Meter.OnLocal();
            await LoadAsync(question, lease: null).ConfigureAwait(false);
            return true;
        }

        if (CanDoWithout)
        {
            LandLast(default);
            return true;
        }

        _silentSince ??= services.Time.GetTimestamp();
        if (services.Owners.IsAway || services.Time.GetElapsedTime(_silentSince.Value) >= services.Patience)
        {
            throw new CacheUnavailableException($"'{call.Text}' was not read: no silo answers.", _silence);
        }

        await Task.Delay(Pause, services.Time, services.Stopping).ConfigureAwait(false);
        return false;
    }

    private async Task DeclareAsync()
    {
        if (call.Cache.Declaration is not { } declaration)
        {
            throw new ArgumentException($"No silo knows the cache of '{call.Text}', nor does this call.");
        }

        try
        {
            await services.Owners.DeclareAsync(call.Text, declaration).ConfigureAwait(false);
        }
        catch (ArgumentException exception)
        {
            throw new EntryRefusedException(exception);
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
        byte[]? bytes;
        Decoded<T> decoded;
        try
        {
            bytes = Encode(await RunFallbackAsync(run).ConfigureAwait(false), out decoded);
        }
        catch (Exception exception) when (!services.Stopping.IsCancellationRequested)
        {
            var isGivenUp = Callers is { Gone.IsCancellationRequested: true };
            await EndAsync(
                (isGivenUp ? run?.GiveUpAsync() : run?.FailAsync(exception)) ?? Task.CompletedTask,
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

    private async Task<T?> RunFallbackAsync(LeaseRun? run)
    {
        if (Callers is null)
        {
            var load = call.Fallback!(call.State, services.Stopping);
            return load.IsCompleted || run is null
                ? await load.ConfigureAwait(false)
                : await run.HoldAsync(load.AsTask()).ConfigureAwait(false);
        }

        return await Callers.RunAsync(Hold, services.Stopping).ConfigureAwait(false);

        Task<T?> Hold(CancellationToken ending)
        {
            var load = call.Fallback!(call.State, ending).AsTask();
            return run?.HoldAsync(load) ?? load;
        }
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
