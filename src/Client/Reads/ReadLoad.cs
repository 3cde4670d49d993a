using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Reads;

/// <summary>Loads the value of a read with the caller's fallback, under the owner's lease or without one.</summary>
internal sealed class ReadLoad<TKey, TState, T>(
    ReadServices services, ReadCall<TKey, TState, T> call, SharedRead<T> sharedRead)
    where TKey : notnull
{
    /// <summary>Runs the fallback, and passes its value to the owner and to the callers that wait here.</summary>
    public async Task RunAsync(PendingRead pending, Guid? lease)
    {
        call.Cache.Meter.OnFallback();
        var run = lease is { } id ? new LeaseRun(services, call.Text, id) : null;
        var fallback = new FallbackRun(services, sharedRead, call.Options.FallbackTimeout, run);
        byte[]? bytes;
        Decoded<T> decoded;
        try
        {
            var value = await fallback.RunAsync(call.Text, call.State, call.Fallback!).ConfigureAwait(false);
            bytes = Encode(value, out decoded);
        }
        catch (Exception exception) when (!services.Stopping.IsCancellationRequested)
        {
            var end = fallback.IsAbandoned ? LeaseEnd.Abandoned : LeaseEnd.Failed;
            sharedRead.FailureReport = run?.FailAsync<T>(end, exception) ?? Task.CompletedTask;
            await EndAsync(sharedRead.FailureReport, () => sharedRead.Fail(exception)).ConfigureAwait(false);
            return;
        }

        var isShareable = bytes is not null || !decoded.Value.IsFound;
        if (!isShareable && decoded.Value.Length > 0)
        {
            // No silo knows of this copy, so no silo will announce its end.
            KeepLocally(pending, decoded.Value, call.Options.NearLease);
        }

        await EndAsync(
            isShareable
                ? HandOverAsync(run, pending, decoded.Value, bytes)
                : run?.FailAsync<T>(LeaseEnd.NotShareable) ?? Task.CompletedTask,
            () => sharedRead.Complete(decoded)).ConfigureAwait(false);
    }

    /// <summary>Completes the wait once the owner knows how the load ended, unless that takes unusually long: then a
    /// caller that gets the value also finds it in the cache, and one that gets the error does not get it a second
    /// time.</summary>
    private async Task EndAsync(Task report, Action end)
    {
        await report.WaitAsync(ReadTimes.HandOverLimit, services.Time)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        end();
        await report.ConfigureAwait(false);
    }

    private byte[]? Encode(T? value, out Decoded<T> decoded)
    {
        decoded = default;
        return value is not null || call.Cache.Codec.KeepsNull ? call.Cache.Codec.Encode(value!, out decoded) : null;
    }

    /// <summary>Sends the loaded value to the owner and keeps a copy: with the life that the owner replied, or, without
    /// a reply, for the near-lease at most.</summary>
    private async Task HandOverAsync(LeaseRun? run, PendingRead pending, CachedValue<T> value, byte[]? bytes)
    {
        var declaration = call.Cache.Declaration;
        var sentAt = services.Near.Now;
        var outcome = run is null
            ? default
            : await run.CompleteAsync(bytes, call.Options.TimeToLive, call.Options.Tags, declaration?.Life)
                .ConfigureAwait(false);
        if (outcome.Answer is { } kept)
        {
            if (kept.IsKept)
            {
                var moment = pending with { SentAt = sentAt };
                Keep(moment, new(value, kept.Stamp, kept.TimeLeft, call.Options.Tags));
            }

            return;
        }

        var life = bytes is null
            ? declaration?.Life.NotFoundTimeToLive
            : call.Options.TimeToLive ?? declaration?.Life.TimeToLive;
        KeepLocally(pending, value, life ?? call.Options.NearLease);
    }

    private void KeepLocally(PendingRead pending, CachedValue<T> value, TimeSpan life) =>
        Keep(pending, new(value, pending.LocalStamp, life, call.Options.Tags, IsLocal: true));

    private void Keep(PendingRead pending, Copy<T> copy) =>
        services.Near.Keep(call.Cache, call.Key, call.Text, pending, copy.Within(call.Options.NearLease));
}
