using CacheOrleans.Storage;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace CacheOrleans.Redis.Store;

/// <summary>The prefix of this cluster's keys, and the claim that keeps two clusters from using the same prefix at
/// once.</summary>
/// <remarks>
/// A mark in Redis, the key <c>{prefix}:@cluster</c>, holds the id of the cluster that uses the prefix. The mark is
/// checked in Redis before the first use, before a use when it has not been renewed for half of its life, and before
/// each use while another cluster has the prefix. Thread-safe.
/// </remarks>
internal sealed class KeyPrefix(string text, ClusterIdentity cluster, TimeProvider time, ILogger logger)
{
    /// <summary>How long the mark lives when no silo renews it.</summary>
    public static readonly TimeSpan MarkLife = TimeSpan.FromMinutes(5);

    /// <summary>How long another cluster's mark must stay until a silo that never used the prefix stops. In this time
    /// an operator can delete the mark of a cluster that has stopped.</summary>
    public static readonly TimeSpan SecondLook = TimeSpan.FromSeconds(30);

    /// <summary>KEYS[1]: the mark. ARGV[1]: the cluster's id. ARGV[2]: milliseconds to keep it. Returns the id that the
    /// mark then holds.</summary>
    private const string Script =
        """
        local holder = redis.call('GET', KEYS[1])
        if holder and holder ~= ARGV[1] then
          return holder
        end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        return ARGV[1]
        """;

    private readonly string _start = text + ":";
    private readonly string _mark = text + ":@cluster";
    private string? _holder; // null until Redis has responded
    private long _claimedAt;
    private long _takenAt;
    private bool _wasOwn;

    /// <summary>Whether another cluster had the prefix when Redis was asked last.</summary>
    public bool IsTaken => Volatile.Read(ref _holder) is { } holder && holder != cluster.Id;

    /// <summary>Returns the key with its prefix.</summary>
    public string Of(string key) => _start + key;

    /// <summary>Claims the prefix unless this cluster is known to have it. After an open breaker the mark may not have
    /// been renewed for a long time, so the claim is repeated then.</summary>
    /// <inheritdoc cref="ClaimAsync" path="/exception" />
    public ValueTask EnsureOwnAsync(
        IDatabase database, TimedCalls calls, TimeSpan limit, CancellationToken cancellationToken) =>
        Volatile.Read(ref _holder) == cluster.Id
            && time.GetElapsedTime(Volatile.Read(ref _claimedAt)) < MarkLife / 2
            ? ValueTask.CompletedTask
            : new(ClaimAsync(database, calls, limit, cancellationToken));

    /// <summary>Writes or renews this cluster's mark.</summary>
    /// <exception cref="KeyPrefixTakenException">The mark holds another cluster's id.</exception>
    /// <exception cref="RedisException">The call to Redis fails.</exception>
    /// <exception cref="TimeoutException">Redis does not respond within the limit.</exception>
    public async Task ClaimAsync(
        IDatabase database, TimedCalls calls, TimeSpan limit, CancellationToken cancellationToken)
    {
        var claimedAt = time.GetTimestamp();
        var holder = await calls.WithinAsync(MarkAsync(database), limit, cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _claimedAt, claimedAt); // first: a thread that sees the holder must see this time too
        var former = Interlocked.Exchange(ref _holder, holder);
        if (holder == cluster.Id)
        {
            Volatile.Write(ref _wasOwn, true);
            if (former is not null && former != holder)
            {
                Log.PrefixIsFree(logger, text, former, holder);
            }

            return;
        }

        if (former != holder)
        {
            Volatile.Write(ref _takenAt, claimedAt);
            Log.PrefixTaken(logger, text, holder, cluster.Id, SecondLook, _mark, MarkLife);
        }

        var isFinal = !Volatile.Read(ref _wasOwn)
            && time.GetElapsedTime(Volatile.Read(ref _takenAt), claimedAt) >= SecondLook;
        throw new KeyPrefixTakenException(
            $"The keys '{text}:' in Redis belong to the cluster '{holder}', but this silo belongs to '{cluster.Id}'. "
            + $"Set Redis:KeyPrefix to another prefix for this cluster. If '{holder}' has stopped for good, delete the "
            + $"key '{_mark}', or wait {MarkLife.TotalMinutes:0} minutes.",
            isFinal);
    }

    /// <summary>Claims the prefix if it is free, and returns the id of the cluster that has it now.</summary>
    private async Task<string> MarkAsync(IDatabase database)
    {
        var holder = (string?)await database.StringGetAsync(_mark).ConfigureAwait(false);
        if (holder is not null && holder != cluster.Id)
        {
            return holder;
        }

        try
        {
            var reply = await database.ScriptEvaluateAsync(
                Script, [_mark], [cluster.Id, (long)MarkLife.TotalMilliseconds]).ConfigureAwait(false);
            return (string)reply!;
        }
        catch (RedisServerException)
        {
            // The read showed that no other cluster has the prefix. A Redis that rejects writes now, because it is a
            // replica or out of memory, rejects those of other clusters too. The guard tries again within seconds.
            return cluster.Id;
        }
    }
}
