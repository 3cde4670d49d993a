using CacheOrleans.Keys;
using CacheOrleans.Redis.Diagnostics;
using CacheOrleans.Redis.Store;
using CacheOrleans.Storage;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace CacheOrleans.Redis.Tests.Store;

/// <summary>A store that is connected to a server, with what it counts and logs.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly RedisConnection _connection;
    private readonly TimedCalls _calls;
    private readonly Lazy<Task<ConnectionMultiplexer>> _raw;

    public TestStore(
        string connectionString,
        TimeProvider? time = null,
        RedisOptions? options = null,
        CacheLimits? limits = null,
        string cluster = "test")
    {
        var settings = options ?? new() { ReadTimeout = Limit, WriteTimeout = Limit };
        settings.KeyPrefix ??= "cache";
        time ??= TimeProvider.System;
        _connection = new(connectionString, Options.Create(settings), new(cluster), time, Connection);
        _calls = new(time, Starved);
        Store = new(_connection, Options.Create(limits ?? new()), _calls, new(new(Meters), Logger));
        _raw = new(() => ConnectionMultiplexer.ConnectAsync(connectionString + ",allowAdmin=true"));
    }

    public TestMeters Meters { get; } = new();

    public FakeLogger<RedisDiagnostics> Logger { get; } = new();

    public FakeLogger<TimedCalls> Starved { get; } = new();

    public FakeLogger<RedisConnection> Connection { get; } = new();

    public RedisBackingStore Store { get; }

    /// <summary>Returns the service that renews the store's claim to its key prefix.</summary>
    public KeyPrefixGuard Guard(TimeProvider time, IBreakerGate? gate = null) =>
        new(_connection, _calls, gate ?? new ClosedBreakerGate(), time);

    /// <summary>Returns a plain connection to the same server, to inspect and change its content.</summary>
    public async Task<IDatabase> RawAsync() => (await _raw.Value).GetDatabase();

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        if (_raw.IsValueCreated)
        {
            await (await _raw.Value).DisposeAsync();
        }

        _calls.Dispose();
        Meters.Dispose();
    }
}
