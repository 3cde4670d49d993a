using CacheOrleans.Keys;
using CacheOrleans.Redis.Diagnostics;
using CacheOrleans.Storage;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace CacheOrleans.Redis.Store;

/// <summary>Keeps entries in Redis.</summary>
internal sealed class RedisBackingStore(
    RedisConnection connection, IOptions<CacheLimits> limits, TimedCalls calls, RedisDiagnostics diagnostics)
    : IBackingStore
{
    private static readonly TimeSpan ProbeLife = TimeSpan.FromSeconds(5);
    private static readonly StoreKey ProbeKey = new("probe", "probe");

    private readonly TimeSpan _readLimit = connection.Options.ReadTimeout;
    private readonly TimeSpan _writeLimit = connection.Options.WriteTimeout;

    public async ValueTask<StoreReadResult> ReadAsync(StoreKey key, CancellationToken cancellationToken)
    {
        var begun = calls.Now;
        try
        {
            var database = await OpenAsync(_readLimit, cancellationToken).ConfigureAwait(false);
            begun = calls.Now;
            var result = await GetAsync(database, key, cancellationToken).ConfigureAwait(false);
            diagnostics.OnRead(key.Cache, result.Status);
            return result;
        }
        catch (Exception exception) when (!IsCanceled(exception, cancellationToken))
        {
            // Catches everything: whatever the driver throws, the caller goes on to the fallback.
            var failure = calls.Classify(exception, begun, _readLimit);
            diagnostics.OnReadFailed(key.Cache, failure);
            return StoreReadResult.Failed(failure);
        }
    }

    public async ValueTask<IReadOnlyList<StoreWriteResult>> WriteAsync(
        IReadOnlyList<StoreWrite> writes, CancellationToken cancellationToken)
    {
        StoreWriteResult[] results;
        var begun = calls.Now;
        try
        {
            var database = await OpenAsync(_writeLimit, cancellationToken).ConfigureAwait(false);
            results = await SendAsync(database, writes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!IsCanceled(exception, cancellationToken))
        {
            // Nothing of the batch was sent. Every exception becomes the result of each write.
            results = new StoreWriteResult[writes.Count];
            Array.Fill(results, StoreWriteResult.Failed(calls.Classify(exception, begun, _writeLimit)));
        }

        diagnostics.OnWritten(writes, results);
        return results;
    }

    /// <inheritdoc />
    /// <remarks>
    /// A probe takes at most the limit of a read plus that of a write, and that of a read once more while the first
    /// connection is made. It writes with the script of all writes, so that a user without the right to run it is
    /// noticed. Its key has no version, so no entry can have the same key. A read that fails in a way that says nothing
    /// about Redis is still followed by the write. A command for which this process was too starved is tried once more,
    /// and a second failure counts. One key stands for all: in a Redis Cluster the probe tests only the shard that has
    /// this key.
    /// </remarks>
    public async ValueTask<StoreFailure?> ProbeAsync(CancellationToken cancellationToken) =>
        await TryTwiceAsync(
            database => database.StringGetAsync(connection.Prefix.Of(ProbeKey.Text)), _readLimit, cancellationToken)
            .ConfigureAwait(false)
        ?? await TryTwiceAsync(SendProbeAsync, _writeLimit, cancellationToken).ConfigureAwait(false);

    /// <summary>Returns the database, after making sure that no other cluster uses its keys.</summary>
    private async ValueTask<IDatabase> OpenAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var database = await connection.GetDatabaseAsync(limit, cancellationToken).ConfigureAwait(false);
        await connection.Prefix.EnsureOwnAsync(database, calls, limit, cancellationToken).ConfigureAwait(false);
        return database;
    }

    private async ValueTask<StoreFailure?> TryTwiceAsync<T>(
        Func<IDatabase, Task<T>> command, TimeSpan limit, CancellationToken cancellationToken)
    {
        var failure = await TryAsync(command, limit, cancellationToken).ConfigureAwait(false);
        return failure is { IsInconclusive: true }
            ? await TryAsync(command, limit, cancellationToken).ConfigureAwait(false)
            : failure;
    }

    private async ValueTask<StoreFailure?> TryAsync<T>(
        Func<IDatabase, Task<T>> command, TimeSpan limit, CancellationToken cancellationToken)
    {
        var begun = calls.Now;
        try
        {
            var database = await OpenAsync(_readLimit, cancellationToken).ConfigureAwait(false);
            begun = calls.Now;
            await calls.WithinAsync(command(database), limit, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception) when (!IsCanceled(exception, cancellationToken))
        {
            // Catches everything: whatever the driver throws is a result of the probe.
            var failure = calls.Classify(exception, begun, limit);
            return failure.CountsAgainstHealth || failure.IsInconclusive ? failure : null;
        }
    }

    private async ValueTask<StoreReadResult> GetAsync(
        IDatabase database, StoreKey key, CancellationToken cancellationToken)
    {
        using var lease = await calls.WithinAsync(
            database.StringGetLeaseAsync(connection.Prefix.Of(key.Text)), _readLimit, cancellationToken)
            .ConfigureAwait(false);
        if (lease is null)
        {
            return StoreReadResult.Missing;
        }

        if (Envelope.Decode(lease.Span) is not { } record)
        {
            return StoreReadResult.Unreadable("It has a format that this silo cannot read.");
        }

        return RecordRules.Check(key.Cache, record, limits.Value, calls.UtcNow) is { } problem
            ? StoreReadResult.Unreadable(problem)
            : StoreReadResult.Found(record);
    }

    private async Task<StoreWriteResult[]> SendAsync(
        IDatabase database, IReadOnlyList<StoreWrite> writes, CancellationToken cancellationToken)
    {
        var (now, begun) = (calls.UtcNow, calls.Now);
        var replies = new Task<RedisResult>?[writes.Count];
        for (var i = 0; i < writes.Count; i++)
        {
            var keepFor = (writes[i].KeepUntil - now).TotalMilliseconds;
            replies[i] = keepFor > 0
                ? Send(database, writes[i], (long)Math.Ceiling(keepFor), Stamp.Ceiling(now))
                : null;
        }

        try
        {
            await calls.WithinAsync(Task.WhenAll(replies.OfType<Task<RedisResult>>()), _writeLimit, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception exception) when (!IsCanceled(exception, cancellationToken))
        {
            // The result of each reply is read below.
        }

        return [.. replies.Select(reply => ResultOf(reply, begun))];
    }

    private Task<RedisResult> SendProbeAsync(IDatabase database)
    {
        var now = calls.UtcNow;
        var until = now + ProbeLife;
        StoreWrite write = new(ProbeKey, new(null, Stamp.Next(now, Stamp.None), now, until), until);
        return Send(database, write, (long)ProbeLife.TotalMilliseconds, Stamp.Ceiling(now));
    }

    private Task<RedisResult> Send(IDatabase database, StoreWrite write, long keepMilliseconds, Stamp ceiling)
    {
        try
        {
            return database.ScriptEvaluateAsync(
                StampScript.Text,
                [connection.Prefix.Of(write.Key.Text)],
                [Envelope.Encode(write.Record), keepMilliseconds, ceiling.Value]);
        }
        catch (RedisException exception)
        {
            return Task.FromException<RedisResult>(exception);
        }
    }

    private StoreWriteResult ResultOf(Task<RedisResult>? reply, TimeSpan begun)
    {
        if (reply is null)
        {
            return StoreWriteResult.Dropped;
        }

        if (!reply.IsCompleted)
        {
            return StoreWriteResult.Failed(calls.Classify(TimedCalls.LimitPassed(_writeLimit), begun, _writeLimit));
        }

        try
        {
            return StampScript.Read(reply.GetAwaiter().GetResult());
        }
        catch (Exception exception)
        {
            // Catches everything: whatever the driver throws for this reply, the other replies are still valid.
            return StoreWriteResult.Failed(calls.Classify(exception, begun, _writeLimit));
        }
    }

    private static bool IsCanceled(Exception exception, CancellationToken cancellationToken) =>
        exception is OperationCanceledException && cancellationToken.IsCancellationRequested;
}
