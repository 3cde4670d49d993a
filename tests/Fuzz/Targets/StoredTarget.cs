using System.Buffers.Binary;
using System.Globalization;
using CacheOrleans.Keys;
using CacheOrleans.Redis.Store;
using CacheOrleans.Storage;
using CacheOrleans.Testing;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace CacheOrleans.Fuzz.Targets;

/// <summary>What stands under a key in Redis: it is read as documented, and a write replaces it, or is refused, as
/// documented.</summary>
internal sealed class StoredTarget : ITarget
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 14, 0, 0, TimeSpan.Zero);
    private static readonly Stamp Written = Stamp.Next(Now, Stamp.None);
    private static readonly StoreRecord Record = new([7], Written, Now, Now.AddMinutes(5));

    private readonly EnvelopeTarget _envelopes = new();
    private readonly GarnetServer _redis = GarnetServer.Launch();
    private readonly ServiceProvider _services;
    private readonly Lazy<Task<ConnectionMultiplexer>> _raw;
    private int _keys;

    public StoredTarget()
    {
        _services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddSingleton(new ClusterIdentity("fuzz"))
            .AddSingleton<TimeProvider>(new FakeTimeProvider(Now))
            .AddSingleton(Microsoft.Extensions.Options.Options.Create(new CacheLimits()))
            .AddLogging()
            .AddMetrics()
            .AddRedisBackingStore(_redis.ConnectionString)
            .BuildServiceProvider();
        _raw = new(() => ConnectionMultiplexer.ConnectAsync(_redis.ConnectionString));
    }

    public string Name => "stored";

    public int Share => 5;

    public int Concurrency => 16;

    public IReadOnlyList<string> Words => _envelopes.Words;

    public byte[] Generate(Random random)
    {
        var bytes = _envelopes.Generate(random);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(4), random.Next(4) switch
        {
            0 => Written.Value,
            1 => Written.Value + random.Next(-2, 3),
            2 => Written.Value ^ (1L << random.Next(64)),
            _ => Stamp.Ceiling(Now).Value + random.Next(-1, 2),
        });
        return random.Next(8) == 0 ? Envelope.Encode(Record) : bytes;
    }

    public async ValueTask<string> RunAsync(byte[] input)
    {
        var store = _services.GetRequiredService<IBackingStore>();
        var key = new StoreKey("a", Interlocked.Increment(ref _keys).ToString(CultureInfo.InvariantCulture));
        var database = (await _raw.Value).GetDatabase();
        await database.StringSetAsync($"fuzz:{key}", input);

        var read = await store.ReadAsync(key, CancellationToken.None);
        Promise.That(read.Status == ExpectedStatus(input), $"Bytes are read as documented: {read}");
        var result = (await store.WriteAsync([new(key, Record, Now.AddMinutes(5))], CancellationToken.None))[0];
        Promise.That(result == ExpectedResult(input), $"A write follows the stamps: {result}");
        var stored = (byte[]?)await database.StringGetDeleteAsync($"fuzz:{key}");
        var expected = result.Status == StoreWriteStatus.Applied ? Envelope.Encode(Record) : input;
        Promise.That(stored.AsSpan().SequenceEqual(expected), "What is refused changes nothing.");
        return $"{read.Status} {Outcome.Of(read.Problem ?? "")} {result.Status}";
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_raw.IsValueCreated)
        {
            await (await _raw.Value).DisposeAsync();
        }

        _redis.Dispose();
    }

    private static StoreReadStatus ExpectedStatus(byte[] input) =>
        DocumentedRecord.Read(input) is { } record && RecordRules.Check("a", record, new(), Now) is null
            ? StoreReadStatus.Found
            : StoreReadStatus.Unreadable;

    private static StoreWriteResult ExpectedResult(byte[] input)
    {
        if (input.Length < 12 || !input.AsSpan().StartsWith((byte[])[0xC0, (byte)'C', (byte)'O']))
        {
            return StoreWriteResult.Applied;
        }

        var stamp = new Stamp(BinaryPrimitives.ReadInt64BigEndian(input.AsSpan(4)));
        var isHigher = stamp > Written || (stamp == Written && !input.AsSpan().SequenceEqual(Envelope.Encode(Record)));
        return isHigher && stamp <= Stamp.Ceiling(Now) ? StoreWriteResult.Superseded(stamp) : StoreWriteResult.Applied;
    }
}
