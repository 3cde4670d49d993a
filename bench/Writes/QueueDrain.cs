using System.Buffers.Binary;
using System.Reflection;
using CacheOrleans.Bench.Harness;
using CacheOrleans.Bench.Stage;
using CacheOrleans.Redis;
using CacheOrleans.Storage;
using StackExchange.Redis;

namespace CacheOrleans.Bench.Writes;

/// <summary>Measures how long the silo's queue takes to write, compared with the bare driver and the same script, bytes
/// and keys; the driver sends all commands before it awaits the first reply.</summary>
internal sealed class QueueDrain
{
    private const int StampAt = 4;

    /// <summary>The script is private to the store, and a copy of it here would become outdated.</summary>
    private static readonly string Script = (string)typeof(RedisOptions).Assembly
        .GetType("CacheOrleans.Redis.Store.StampScript", throwOnError: true)!
        .GetField("Text", BindingFlags.Public | BindingFlags.Static)!
        .GetRawConstantValue()!;

    private readonly IWriteBehind _queue;
    private readonly IDatabase _redis;
    private long _stamp = Stamp.Next(TimeProvider.System.GetUtcNow(), Stamp.None).Value;

    public QueueDrain(IWriteBehind queue, IDatabase redis)
    {
        _queue = queue;
        _redis = redis;
        Queue = new("write-behind queue", QueueAsync);
        Bare = new("the same script pipelined", BareAsync);
    }

    public Contender Queue { get; }

    public Contender Bare { get; }

    private async Task QueueAsync(int operations)
    {
        var stamp = ++_stamp;
        var now = TimeProvider.System.GetUtcNow();
        var writes = new Task<StoreWriteResult>[operations];
        for (var i = 0; i < operations; i++)
        {
            var record = new StoreRecord(Payload.Bytes, new Stamp(stamp), now, now + Products.Bytes.TimeToLive);
            writes[i] = _queue.Enqueue(new StoreWrite(new(Products.Bytes.Name, KeyOf(i)), record, record.ExpiresAt))
                .Settled;
        }

        var results = await Task.WhenAll(writes);
        if (results.Any(result => result.Status != StoreWriteStatus.Applied))
        {
            throw new InvalidOperationException("A write of the queue was not applied.");
        }
    }

    private async Task BareAsync(int operations)
    {
        var stamp = ++_stamp;
        var model = (byte[])(await _redis.StringGetAsync("cacheorleans:" + KeyOf(0)))!;
        var keep = (long)Products.Bytes.TimeToLive.TotalMilliseconds;
        var ceiling = Stamp.Ceiling(TimeProvider.System.GetUtcNow()).Value;
        var replies = new Task<RedisResult>[operations];
        for (var i = 0; i < operations; i++)
        {
            var record = (byte[])model.Clone();
            BinaryPrimitives.WriteInt64BigEndian(record.AsSpan(StampAt), stamp);
            replies[i] = _redis.ScriptEvaluateAsync(Script, ["cacheorleans:" + KeyOf(i)], [record, keep, ceiling]);
        }

        if ((await Task.WhenAll(replies)).Any(reply => (int)reply != 1))
        {
            throw new InvalidOperationException("A write of the script was not applied.");
        }

        var stored = (byte[])(await _redis.StringGetAsync("cacheorleans:" + KeyOf(operations - 1)))!;
        Payload.Check(stored.AsSpan()[^Payload.Bytes.Length..]);
    }

    private static string KeyOf(int number) => $"drain:{number}";
}
