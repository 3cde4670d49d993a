using System.Diagnostics;
using System.Globalization;
using CacheOrleans.Definitions;
using CacheOrleans.Testing;

namespace CacheOrleans.Client.Tests.Reads;

public sealed class OwnerReadTests(SharedCluster shared) : IClassFixture<SharedCluster>, IAsyncDisposable
{
    private readonly CacheDefinition<int, string> _cache = TestCaches.New<string>();
    private readonly CacheCluster _cluster = shared.Cluster;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Key => _cache.Key(1).Text;

    public ValueTask DisposeAsync() => _cluster.LeaveAsync();

    [Fact]
    public async Task Callers_OfManyClients_ShareOneLoad()
    {
        var clients = Clients(4);
        var load = new Load<string>();
        var callers = clients
            .SelectMany(client => Enumerable.Range(0, 50).Select(_ => Call(client, load)))
            .ToList();
        await Eventually.TrueAsync(() => load.Runs == 1, "the value is being loaded");
        load.Return("value");

        Assert.All(await Task.WhenAll(callers), value => Assert.Equal("value", value));
        Assert.Equal(1, load.Runs);
    }

    [Fact]
    public async Task Load_Fails_FailsAllCallersAndTheNextCallLoadsAgain()
    {
        var clients = Clients(4);
        await _cluster.DeclareAsync(_cache, 1);
        var load = new Load<string>();
        var callers = clients
            .SelectMany(client => Enumerable.Range(0, 20).Select(_ => Call(client, load)))
            .ToList();
        await Eventually.TrueAsync(() => _cluster.Gate.Asked(Key) == 4, "all clients wait");
        load.Throw(new TroubleException("the database is on fire") { Data = { ["table"] = "users" } });

        foreach (var caller in callers)
        {
            var error = await Assert.ThrowsAsync<TroubleException>(() => caller);
            Assert.Equal("the database is on fire", error.Message);
            Assert.Equal("users", error.Data["table"]);
            Assert.Contains(nameof(Load<>.RunAsync), error.StackTrace, StringComparison.Ordinal);
        }

        Assert.Equal(1, load.Runs);
        var second = new Load<string>();
        second.Return("well again");
        Assert.Equal("well again", await Call(clients[1], second));
    }

    /// <param name="hasCopies">Whether copies are kept, so that a read may share one that began before it.</param>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Failure_NotYetReportedToTheOwner_DoesNotReachLaterCallers(bool hasCopies)
    {
        var client = Clients(1)[0];
        await _cluster.DeclareAsync(_cache, 1);
        var options = hasCopies ? null : new CacheCallOptions { NearLease = TimeSpan.Zero };
        var first = new Load<string>();
        var callers = new List<Task<string?>> { Call(client, first, options) };
        await Eventually.TrueAsync(() => first.Runs == 1, "the value is being loaded");
        callers.Add(Call(client, first, options));
        _cluster.Gate.CloseFailures();
        first.Throw(new TroubleException("the database is on fire"));
        foreach (var caller in callers)
        {
            await Assert.ThrowsAsync<TroubleException>(() => caller);
        }

        var second = new Load<string>();
        second.Return("well again");
        var again = Call(client, second, options);
        await Latency.OfAsync(300);
        _cluster.Gate.OpenFailures();

        Assert.Equal("well again", await again);
    }

    [Fact]
    public async Task Failure_WhileAnotherReadIsPending_DoesNotReachLaterCallers()
    {
        var client = Clients(1)[0];
        await _cluster.DeclareAsync(_cache, 1);
        var options = new CacheCallOptions { NearLease = TimeSpan.Zero };
        var load = new Load<string>();
        var first = Call(client, load, options);
        await Eventually.TrueAsync(() => load.Runs == 1, "the value is being loaded");
        var delayed = _cluster.Gate.Waiting;
        _cluster.Gate.Close(Key);
        var well = new Load<string>();
        well.Return("well again");
        var second = Call(client, well, options);
        await Eventually.TrueAsync(() => _cluster.Gate.Waiting > delayed, "the second read waits for its answer");
        _cluster.Gate.CloseFailures();
        load.Throw(new TroubleException("the database is on fire"));
        await Assert.ThrowsAsync<TroubleException>(() => first);

        var third = Call(client, well, options);
        await Latency.OfAsync(300);
        _cluster.Gate.OpenFailures();
        _cluster.Gate.Open(Key);

        Assert.Equal("well again", await third);
        await Task.WhenAny(second); // it began before the failure
    }

    [Fact]
    public async Task Error_NotSerializable_IsSentAsText()
    {
        var clients = Clients(2);
        await _cluster.DeclareAsync(_cache, 1);
        var load = new Load<string>();
        var mine = Call(clients[0], load);
        await Eventually.TrueAsync(() => load.Runs == 1, "the value is being loaded");
        var theirs = Call(clients[1], load);
        await Eventually.TrueAsync(() => _cluster.Gate.Asked(Key) == 2, "the other client waits");
        var trouble = new StubbornException(() => 1);
        load.Throw(trouble);

        Assert.Same(trouble, await Assert.ThrowsAsync<StubbornException>(() => mine));
        var error = await Assert.ThrowsAnyAsync<Exception>(() => theirs);
        Assert.Contains("cannot be moved", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Caller_GivesUp_LoadGoesOn()
    {
        var client = Clients(1)[0];
        var load = new Load<string>();
        using var cancellation = new CancellationTokenSource();
        var first = client.GetWithFallbackAsync(_cache, 1, load.RunAsync, null, cancellation.Token).AsTask();
        await Eventually.TrueAsync(() => load.Runs == 1, "the value is being loaded");
        var second = Call(client, load);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        load.Return("value");

        Assert.Equal("value", await second);
        Assert.Equal(1, load.Runs);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await client.GetWithFallbackAsync(
            _cache, 2, load.RunAsync, null, cancellation.Token));
    }

    [Fact]
    public async Task Context_OfTheFirstCaller_ReachesTheFallback()
    {
        var client = Clients(1)[0];
        using var activity = new Activity("request").Start();
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ko-KR");
        string? seenActivity = null;
        string? seenCulture = null;
        var load = new Load<string>
        {
            OnRun = () =>
            {
                seenActivity = Activity.Current?.RootId;
                seenCulture = CultureInfo.CurrentCulture.Name;
            },
        };
        load.Return("value");

        await Call(client, load);

        Assert.Equal(activity.RootId, seenActivity);
        Assert.Equal("ko-KR", seenCulture);
    }

    /// <summary>That is also longer than the response timeout of Orleans (30 s).</summary>
    [Fact]
    public async Task Load_OfFortySeconds_IsSharedByAllCallers()
    {
        var clients = Clients(2);
        var load = new Load<string>();
        var options = new CacheCallOptions { FallbackTimeout = TimeSpan.FromMinutes(2) };
        var mine = Call(clients[0], load, options);
        await Eventually.TrueAsync(() => load.Runs == 1, "the value is being loaded");
        var others = Enumerable.Range(0, 20).Select(i => Call(clients[i % 2], load, options)).ToList();
        await Latency.OfAsync(40_000);
        load.Return("late");

        Assert.Equal("late", await mine);
        Assert.All(await Task.WhenAll(others), value => Assert.Equal("late", value));
        Assert.Equal(1, load.Runs);
    }

    [Fact]
    public async Task Set_DuringALoad_Wins()
    {
        var clients = Clients(2);
        var load = new Load<string>();
        var loading = Call(clients[0], load);
        await Eventually.TrueAsync(() => load.Runs == 1, "the value is being loaded");
        await clients[1].SetAsync(_cache, 1, "set");
        load.Return("loaded");

        Assert.Equal("loaded", await loading);
        await Eventually.TrueAsync(async () => await clients[0].GetAsync(_cache, 1) == "set", "the set has won");
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("set", await clients[0].GetAsync(_cache, 1));
            Assert.Equal("set", await clients[1].GetAsync(_cache, 1));
        }
    }

    [Fact]
    public async Task Remove_DuringALoadOfTheSameClient_NextCallLoadsAgain()
    {
        var client = Clients(1)[0];
        var load = new Load<string>();
        var loading = Call(client, load);
        await Eventually.TrueAsync(() => load.Runs == 1, "the value is being loaded");
        await client.RemoveAsync(_cache, 1);

        var second = new Load<string>();
        second.Return("new");
        Assert.Equal("new", await Call(client, second));
        load.Return("old");

        Assert.Equal("old", await loading);
        Assert.Equal("new", await client.GetAsync(_cache, 1));
        Assert.Equal(1, second.Runs);
    }

    [Fact]
    public async Task Answer_OvertakenByAnInvalidation_IsNotKept()
    {
        var clients = Clients(2);
        await clients[1].SetAsync(_cache, 1, "old");
        var delayed = _cluster.Gate.Waiting;
        _cluster.Gate.Close(Key);
        var reading = clients[0].GetAsync(_cache, 1).AsTask();
        await Eventually.TrueAsync(() => _cluster.Gate.Waiting > delayed, "the answer is on its way");
        await clients[1].SetAsync(_cache, 1, "new");

        // The gate does not delay the notification, and a second read of the key would wait at the gate.
        await Eventually.TrueAsync(() => NearFloor(clients[0], Key) > 0, "the client is notified");
        _cluster.Gate.Open(Key);

        Assert.Equal("old", await reading);
        Assert.Equal("new", await clients[0].GetAsync(_cache, 1));
    }

    [Fact]
    public async Task Value_Unreadable_IsAMissAndReplaced()
    {
        var application = _cluster.Join();
        await _cluster.Join().Client.SetAsync(_cache, 1, "text");
        var numbers = new CacheDefinition<int, int>(_cache.Name, _cache.Template.Text, _cache.TimeToLive);
        var loads = 0;

        Assert.Equal(42, await application.Client.GetWithFallbackAsync(numbers, 1, (_, _) =>
        {
            loads++;
            return new ValueTask<int>(42);
        }));

        Assert.Equal(1, loads);
        Assert.NotEmpty(application.Log.Of(4004));
        var other = _cluster.Join().Client;
        await Eventually.TrueAsync(async () => await other.GetAsync(numbers, 1) == 42, "the value was replaced");
    }

    [Fact]
    public async Task Value_Unserializable_IsReturnedAndNotStored()
    {
        var application = _cluster.Join();
        var cache = TestCaches.New<Func<int>>();
        var value = await application.Client.GetWithFallbackAsync(
            cache, 1, (_, _) => new ValueTask<Func<int>?>(() => 7));

        Assert.Equal(7, value!());
        Assert.NotEmpty(application.Log.Of(4005));
    }

    private static long NearFloor(ICacheClient client, string key)
    {
        var keyVersion = ((CacheClient)client).Reads.Services.Near.KeyVersions.Acquire(key);
        keyVersion.Release();
        return keyVersion.Floor;
    }

    private List<ICacheClient> Clients(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => _cluster.Join().Client)];

    private Task<string?> Call(ICacheClient client, Load<string> load, CacheCallOptions? options = null) =>
        client.GetWithFallbackAsync(_cache, 1, load.RunAsync, options, Cancellation).AsTask();
}
