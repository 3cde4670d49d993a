using CacheOrleans.Redis.Diagnostics;
using CacheOrleans.Storage;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace CacheOrleans.Redis.Store;

/// <summary>Keeps entries in Redis.</summary>
internal sealed class RedisBackingStore(
    RedisConnection connection, IOptions<RedisOptions> options, TimeProvider time, RedisDiagnostics diagnostics)
    : IBackingStore
{
    private static readonly TimeSpan ProbeLife = TimeSpan.FromSeconds(5);

    private readonly TimeSpan _readLimit = options.Value.ReadTimeout;
    private readonly TimeSpan _writeLimit = options.Value.WriteTimeout;
    private readonly string _prefix = options.Value.KeyPrefix + ":";
    private readonly string _probe = options.Value.KeyPrefix + ":probe";

    public async ValueTask<StoreReadResult> ReadAsync(StoreKey key, CancellationToken cancellationToken)
    {
        try
        {
            var result = await GetAsync(key, cancellationToken).ConfigureAwait(false);
            diagnostics.OnRead(key.Cache, result.Status);
            return result;
        }
        catch (Exception exception) when (!IsCancelled(exception, cancellationToken))
        {
            // Whatever the driver throws, the caller goes on to the fallback.
            var failure = RedisFailures.Classify(exception);
            diagnostics.OnReadFailed(key.Cache, failure);
            return StoreReadResult.Failed(failure);
        }
    }

    public async ValueTask<IReadOnlyList<StoreWriteResult>> WriteAsync(
        IReadOnlyList<StoreWrite> writes, CancellationToken cancellationToken)
    {
        StoreWriteResult[] results;
        try
        {
            var database = await connection.GetDatabaseAsync(_writeLimit, cancellationToken).ConfigureAwait(false);
            results = await SendAsync(database, writes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!IsCancelled(exception, cancellationToken))
        {
            // Nothing of the batch was sent; whatever it was, it is a result.
            results = new StoreWriteResult[writes.Count];
            Array.Fill(results, StoreWriteResult.Failed(RedisFailures.Classify(exception)));
        }

        diagnostics.OnWritten(writes, results);
        return results;
    }

    /// <inheritdoc />
    /// <remarks>
    /// It takes the limit of a read and that of a write, and that of a read once more while the first connection is
    /// made. No entry has its key, which lacks a version. A read that fails in a way that tells nothing is followed by
    /// the write all the same. One key stands for all: of a Redis Cluster it tries the one shard that has this key.
    /// </remarks>
    public async ValueTask<StoreFailure?> ProbeAsync(CancellationToken cancellationToken) =>
        await TryAsync(database => database.StringGetAsync(_probe), _readLimit, cancellationToken).ConfigureAwait(false)
        ?? await TryAsync(database => database.StringSetAsync(_probe, 1, ProbeLife), _writeLimit, cancellationToken)
        .ConfigureAwait(false);

    private async ValueTask<StoreFailure?> TryAsync<T>(
        Func<IDatabase, Task<T>> command, TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            var database = await connection.GetDatabaseAsync(_readLimit, cancellationToken).ConfigureAwait(false);
            await WithinAsync(command(database), limit, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception) when (!IsCancelled(exception, cancellationToken))
        {
            // Whatever the driver throws, it is a result.
            return RedisFailures.Classify(exception) is { IsTarget: true } failure ? failure : null;
        }
    }

    private async ValueTask<StoreReadResult> GetAsync(StoreKey key, CancellationToken cancellationToken)
    {
        var database = await connection.GetDatabaseAsync(_readLimit, cancellationToken).ConfigureAwait(false);
        using var lease = await WithinAsync(
            database.StringGetLeaseAsync(_prefix + key.Text), _readLimit, cancellationToken).ConfigureAwait(false);
        if (lease is null)
        {
            return StoreReadResult.Missing;
        }

        return Envelope.Decode(lease.Span) is { } record && record.Stamp <= Stamp.Ceiling(time.GetUtcNow())
            ? StoreReadResult.Found(record)
            : StoreReadResult.Unreadable;
    }

    private async Task<StoreWriteResult[]> SendAsync(
        IDatabase database, IReadOnlyList<StoreWrite> writes, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
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
            await WithinAsync(Task.WhenAll(replies.OfType<Task<RedisResult>>()), _writeLimit, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception exception) when (!IsCancelled(exception, cancellationToken))
        {
            // Each reply tells for itself below.
        }

        return [.. replies.Select(ResultOf)];
    }

    private Task<RedisResult> Send(IDatabase database, StoreWrite write, long keepMilliseconds, Stamp ceiling)
    {
        try
        {
            return database.ScriptEvaluateAsync(
                StampScript.Text,
                [_prefix + write.Key.Text],
                [Envelope.Encode(write.Record), keepMilliseconds, ceiling.Value]);
        }
        catch (RedisException exception)
        {
            return Task.FromException<RedisResult>(exception);
        }
    }

    private StoreWriteResult ResultOf(Task<RedisResult>? reply)
    {
        if (reply is null)
        {
            return StoreWriteResult.Dropped;
        }

        if (!reply.IsCompleted)
        {
            return StoreWriteResult.Failed(new(StoreFailureKind.Timeout, LimitPassed(_writeLimit)));
        }

        try
        {
            return StampScript.Read(reply.GetAwaiter().GetResult());
        }
        catch (Exception exception)
        {
            // Whatever the driver made of this reply, the others stand.
            return StoreWriteResult.Failed(RedisFailures.Classify(exception));
        }
    }

    private async Task<T> WithinAsync<T>(Task<T> task, TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            return await task.WaitAsync(limit, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            Forget(task);
            throw LimitPassed(limit);
        }
        catch (OperationCanceledException) when (!task.IsCompleted)
        {
            Forget(task);
            throw;
        }
    }

    private static bool IsCancelled(Exception exception, CancellationToken cancellationToken) =>
        exception is OperationCanceledException && cancellationToken.IsCancellationRequested;

    private static TimeoutException LimitPassed(TimeSpan limit) => new($"Redis did not answer within {limit:c}.");

    /// <summary>Looks at the exception of a task nobody waits for any more, or it would be reported as unobserved.
    /// </summary>
    private static void Forget(Task task) => _ = task.ContinueWith(
        static late => _ = late.Exception,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
