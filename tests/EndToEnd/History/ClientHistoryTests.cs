using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CacheOrleans.Client;
using CacheOrleans.Definitions;
using CacheOrleans.Testing;

namespace CacheOrleans.EndToEnd.History;

/// <summary>
/// Clients with copies of their own over three silos: writers, removers, invalidations of tags, and readers, while
/// activations move, and silos and clients join and stop. The documented bound must hold: a client that changed a value
/// never reads an older one, and other clients do not once a near-lease has passed.
/// </summary>
public sealed class ClientHistoryTests : IAsyncLifetime
{
    private const int Keys = 4;
    private static readonly int ChangesPerKey = LongRuns.AreWanted ? 90 : 45;
    private static readonly TimeSpan NearLease = TimeSpan.FromSeconds(1);

    /// <summary>How late a busy machine may record that a change was applied or a read began.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    private static readonly CacheDefinition<int, string> Rows = new("rows", "rows:{id}", TimeSpan.FromMinutes(5));
    private static readonly CacheCallOptions[] Tagged =
        [new() { Tags = ["even"], WriteThrough = true }, new() { Tags = ["odd"], WriteThrough = true }];

    private readonly GarnetServer _redis = GarnetServer.Launch();
    private readonly VersionedDatabase _database = new();
    private readonly ConcurrentDictionary<int, ConcurrentQueue<(long Version, long At, int Client)>> _applied = new();
    private readonly ConcurrentQueue<string> _violations = new();
    private readonly HistoryClient[] _clients = new HistoryClient[3];
    private HistoryCluster _cluster = null!;
    private int _reads;
    private int _changes;
    private int _acknowledged;

    public async ValueTask InitializeAsync()
    {
        _cluster = await HistoryCluster.StartAsync(_redis.ConnectionString, silo => silo
            .AddCacheOrleans()
            .AddCache(new CacheDefinition("rows", "rows:{id}", TimeSpan.FromMinutes(5))));
        for (var i = 0; i < _clients.Length; i++)
        {
            _clients[i] = Join();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _redis.Dispose();
    }

    [Fact]
    public async Task Reads_AreNeverOlderThanTheBound()
    {
        await _cluster.MoveWhileAsync(
            RunAsync, i => _cluster.Silos.Client.GetGrain<ICacheEntryGrain>(Rows.Key(i % Keys).Text));

        Assert.Empty(_violations);
        Assert.True(_acknowledged > Keys * ChangesPerKey / 4, $"only {_acknowledged} changes were applied");
        Assert.True(_reads > 2000, $"only {_reads} reads");
        TestContext.Current.TestOutputHelper?.WriteLine($"{_changes} changes, {_acknowledged} applied, {_reads} reads");
    }

    private async Task RunAsync()
    {
        using var end = new CancellationTokenSource();
        var readers = Enumerable.Range(0, Keys)
            .SelectMany(key => Enumerable.Range(0, _clients.Length).Select(client => ReadAsync(client, key, end.Token)))
            .ToList();
        var changes = Task.WhenAll(Enumerable.Range(0, Keys).Select(ChangeAsync));
        await ChangesAsync(part: 0.25);
        await _cluster.Silos.StopSiloAsync(_cluster.Silos.Silos[2]);
        await RestartClientAsync(2);
        await ChangesAsync(part: 0.5);
        await _cluster.Silos.StartAdditionalSiloAsync();
        await changes;
        await end.CancelAsync();
        await Task.WhenAll(readers);
    }

    private Task ChangesAsync(double part) => Eventually.TrueAsync(
        () => _changes > Keys * ChangesPerKey * part, $"{part} of the changes are made", TimeSpan.FromMinutes(3));

    private ICacheClient Client(int index) => Volatile.Read(ref _clients[index]).Cache;

    private HistoryClient Join() => _cluster.Join("client", options => options.NearLease = NearLease);

    private async Task RestartClientAsync(int index)
    {
        var old = _clients[index];
        Volatile.Write(ref _clients[index], Join());
        await _cluster.LeaveAsync(old);
    }

    /// <summary>Changes a row repeatedly, through one client after the other, and records the applied changes.
    /// </summary>
    private async Task ChangeAsync(int key)
    {
        for (var i = 0; i < ChangesPerKey; i++)
        {
            var client = i % _clients.Length;
            var version = _database.Change(Rows.Key(key).Text);
            var isApplied = await TryAsync(() => ApplyAsync(Client(client), key, version, i));
            Interlocked.Increment(ref _changes);
            if (isApplied)
            {
                _applied.GetOrAdd(key, _ => []).Enqueue((version, Stopwatch.GetTimestamp(), client));
                Interlocked.Increment(ref _acknowledged);
            }

            await Latency.OfAsync(5);
        }
    }

    private static async Task<bool> ApplyAsync(ICacheClient client, int key, long version, int number)
    {
        switch (number % 3)
        {
            case 0:
                var value = version.ToString(CultureInfo.InvariantCulture);
                return await client.SetAsync(Rows, key, value, Tagged[key % 2]) == WriteOutcome.Applied;
            case 1:
                return await client.RemoveAsync(Rows, key) == WriteOutcome.Applied;
            default:
                await client.RemoveByTagAsync(key % 2 == 0 ? "even" : "odd");
                return true;
        }
    }

    private async Task ReadAsync(int index, int key, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var client = Client(index);
            var start = Stopwatch.GetTimestamp();
            var (own, anyone) = AtLeast(key, index, start);
            var read = await TryReadAsync(client, key);
            if (read is { } version && (version < own || version < anyone) && client == Client(index))
            {
                _violations.Enqueue($"client {index}, key {key}: {version}; own {own}, anyone's {anyone}");
            }

            if (Interlocked.Increment(ref _reads) % 4 == 0)
            {
                await Latency.OfAsync(2); // hits take no time, and the silos need time too
            }
        }
    }

    /// <summary>Returns the last version that this client applied, and the last that any client applied a bound
    /// ago.</summary>
    private (long Own, long Anyone) AtLeast(int key, int client, long now)
    {
        long own = 0;
        long anyone = 0;
        foreach (var (version, at, by) in _applied.GetOrAdd(key, _ => []))
        {
            own = by == client ? Math.Max(own, version) : own;
            anyone = Stopwatch.GetElapsedTime(at, now) > NearLease + Slack ? Math.Max(anyone, version) : anyone;
        }

        return (own, anyone);
    }

    private async Task<long?> TryReadAsync(ICacheClient client, int key)
    {
        try
        {
            var value = await client.GetWithFallbackAsync(Rows, key, (this, key), LoadAsync, Tagged[key % 2]);
            return long.Parse(value!, CultureInfo.InvariantCulture);
        }
        catch (ObjectDisposedException)
        {
            return null; // the client was restarted
        }

        static async ValueTask<string?> LoadAsync(
            (ClientHistoryTests Test, int Key) state, CancellationToken cancellationToken)
        {
            var loaded = await state.Test._database.LoadAsync(Rows.Key(state.Key), cancellationToken);
            return VersionedDatabase.Decode(loaded.Value).ToString(CultureInfo.InvariantCulture);
        }
    }

    private static async Task<bool> TryAsync(Func<Task<bool>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (exception
            is OrleansException or TimeoutException or CacheUnavailableException or ObjectDisposedException)
        {
            return false; // a failed change is not acknowledged
        }
    }
}
