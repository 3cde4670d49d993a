using System.Text;
using CacheOrleans.Loading;
using CacheOrleans.Storage;
using CacheOrleans.Testing;

namespace CacheOrleans.Grains.Tests.Entries;

public sealed class EntryReadTests : IAsyncLifetime
{
    private const string Key = "user/v1?user_id=42";
    private const string StoreKey = "user:v1:user:42";
    private EntryCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await EntryCluster.StartAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    [Trait("Row", "L1")]
    public async Task Get_ValueInStore_ReturnsItWithoutTheFallback()
    {
        _cluster.Store.Put(StoreKey, Record("stored"));

        var answer = await _cluster.Entry(Key).GetAsync();

        Assert.Equal(("stored", EntrySource.Redis), (EntryCluster.Text(answer), answer.Source));
        Assert.Equal(0, _cluster.Loader.Calls);
    }

    [Theory]
    [InlineData(EntryDemand.Stored)]
    [InlineData(EntryDemand.Loaded)]
    [InlineData(null)]
    public async Task Read_SetDuringTheStoreRead_FindsTheSetValue(EntryDemand? demand)
    {
        const string key = "plain/v1?id=42";
        var (gate, writes) = (new TaskCompletionSource(), new TaskCompletionSource());
        _cluster.Store.ReadGate = gate.Task;
        _cluster.Writes.Gate = writes.Task;
        _cluster.Store.Put("plain:v1:plain:42", Record("stored"));
        _cluster.Time.Advance(TimeSpan.FromSeconds(1));
        var entry = _cluster.Entry(key);
        var read = ReadAsync();
        await Eventually.TrueAsync(() => _cluster.Store.Reads == 1, "the store is being read");

        await entry.SetAsync(EntryCluster.Write("set"));
        gate.SetResult();

        Assert.Equal("set", Encoding.UTF8.GetString((await read)!));
        writes.SetResult();

        async Task<byte[]?> ReadAsync() => demand is { } given
            ? (await entry.GetOrLeaseAsync(new EntryRequest(given, TimeSpan.FromSeconds(5)))).Value
            : (await entry.GetAsync()).Value;
    }

    [Fact]
    [Trait("Row", "L2")]
    public async Task Get_MissInStore_RunsFallbackWithTheKey()
    {
        _cluster.Loader.Answer = (key, _, _) =>
            Task.FromResult(FakeLoader.Found($"{key.Parameters[0].Name}={key.Parameters[0].Value}"));

        var answer = await _cluster.Entry(Key).GetAsync();

        Assert.Equal(("user_id=42", EntrySource.Fallback), (EntryCluster.Text(answer), answer.Source));
        Assert.Equal(1, _cluster.Store.Reads);
    }

    [Fact]
    [Trait("Row", "L1")]
    [Trait("Row", "L2")]
    public async Task Get_BreakerOpen_SkipsStore()
    {
        _cluster.Store.Put(StoreKey, Record("stored"));
        _cluster.Gate.Refuses = true;

        var answer = await _cluster.Entry(Key).GetAsync();

        Assert.Equal(EntrySource.Fallback, answer.Source);
        Assert.Equal(0, _cluster.Store.Reads);
        Assert.Equal((1, 0), ((await _cluster.CountAsync()).Skipped, (await _cluster.CountAsync()).Errors));
    }

    [Fact]
    [Trait("Row", "L3")]
    [Trait("Row", "W1")]
    public async Task Get_AfterFallback_AnswersBeforeTheStoreHasIt()
    {
        var gate = new TaskCompletionSource();
        _cluster.Writes.Gate = gate.Task;

        var first = await _cluster.Entry(Key).GetAsync();
        var second = await _cluster.Entry(Key).GetAsync();

        Assert.Equal(EntrySource.Fallback, first.Source);
        Assert.Equal((EntrySource.Memory, EntryCluster.Text(first)), (second.Source, EntryCluster.Text(second)));
        Assert.Null(_cluster.Store[StoreKey]);
        Assert.True((await _cluster.Entry(Key).DescribeAsync()).HasPendingWrite);
        gate.SetResult();
        await Eventually.TrueAsync(() => _cluster.Store[StoreKey] is not null, "the write has reached the store");
    }

    [Fact]
    [Trait("Row", "W3")]
    [Trait("Row", "L7")]
    public async Task Get_AfterFallback_StoresWithTimeToLiveAndVersion()
    {
        await _cluster.Entry("user/v7?user_id=42").GetAsync();

        await Eventually.TrueAsync(() => _cluster.Store["user:v7:user:42"] is not null, "the store has the value");
        var record = _cluster.Store["user:v7:user:42"]!;
        Assert.Equal(EntryCluster.TimeToLive, record.ExpiresAt - record.CreatedAt);
        Assert.Equal("user/v7?user_id=42#1", Encoding.UTF8.GetString(record.Value!));
    }

    [Fact]
    [Trait("Row", "L5")]
    public async Task Get_StoreFails_FallbackAnswers()
    {
        var failure = new StoreFailure(StoreFailureKind.Connection, new IOException("gone"));
        (_cluster.Store.ReadFailure, _cluster.Store.WriteFailure) = (failure, failure);

        var answer = await _cluster.Entry(Key).GetAsync();

        Assert.Equal(EntrySource.Fallback, answer.Source);
        await Eventually.TrueAsync(
            async () => (await _cluster.CountAsync()).Errors == 2, "the failed read and the failed write are counted");
    }

    [Fact]
    [Trait("Row", "L4")]
    public async Task Stages_OnlyFailures_AreCounted()
    {
        await _cluster.Entry("user/v1?user_id=miss").GetAsync();
        _cluster.Gate.Refuses = true;
        await _cluster.Entry("user/v1?user_id=skipped").GetAsync();
        _cluster.Gate.Refuses = false;
        Assert.Equal(0, (await _cluster.CountAsync()).Errors);

        _cluster.Store.ReadFailure = new StoreFailure(StoreFailureKind.Timeout, new TimeoutException());
        await _cluster.Entry("user/v1?user_id=read").GetAsync();
        Assert.Equal(1, (await _cluster.CountAsync()).Errors);

        _cluster.Store.ReadFailure = null;
        _cluster.Store.WriteFailure = new StoreFailure(StoreFailureKind.OutOfMemory, new IOException("OOM"));
        await _cluster.Entry("user/v1?user_id=store").GetAsync();
        await Eventually.TrueAsync(
            async () => (await _cluster.CountAsync()).Errors == 2, "the failed store is counted");

        _cluster.Loader.Answer = (_, _, _) => throw new InvalidOperationException("no such table");
        await Assert.ThrowsAsync<CacheFallbackException>(() => _cluster.Entry("user/v1?user_id=fallback").GetAsync());
        Assert.Equal(3, (await _cluster.CountAsync()).Errors);
    }

    [Fact]
    [Trait("Row", "L5")]
    public async Task Get_FallbackFails_ThrowsItsErrorToEveryWaiterAndKeepsNothing()
    {
        var gate = new TaskCompletionSource<LoadResult>();
        _cluster.Loader.Answer = (_, _, _) => gate.Task;
        var waiters = Enumerable.Range(0, 20).Select(_ => _cluster.Entry(Key).GetAsync()).ToList();
        await Eventually.TrueAsync(async () => (await _cluster.CountAsync()).Requests == 20, "all callers wait");

        gate.SetException(new InvalidOperationException("no such table: users"));

        foreach (var waiter in waiters)
        {
            var error = await Assert.ThrowsAsync<CacheFallbackException>(() => waiter);
            Assert.Equal("user", error.Cache);
            var original = Assert.IsType<InvalidOperationException>(error.InnerException);
            Assert.Equal("no such table: users", original.Message);
        }

        Assert.Equal(1, _cluster.Loader.Calls);
        _cluster.Loader.Answer = (_, _, _) => Task.FromResult(FakeLoader.Found("well again"));
        Assert.Equal("well again", EntryCluster.Text(await _cluster.Entry(Key).GetAsync()));
    }

    [Fact]
    public async Task Get_ManyCallersOnOneColdKey_LoadOnce()
    {
        var gate = new TaskCompletionSource<LoadResult>();
        _cluster.Loader.Answer = (_, _, _) => gate.Task;
        var waiters = Enumerable.Range(0, 200).Select(_ => _cluster.Entry(Key).GetAsync()).ToList();
        await Eventually.TrueAsync(async () => (await _cluster.CountAsync()).Requests == 200, "all callers wait");

        gate.SetResult(FakeLoader.Found("one"));

        var answers = await Task.WhenAll(waiters);
        Assert.All(answers, answer => Assert.Equal("one", EntryCluster.Text(answer)));
        var counters = await _cluster.CountAsync();
        Assert.Equal((1, 199, 0), (counters.Fallback, counters.Shared, counters.Memory));
    }

    [Fact]
    public async Task Get_FirstCallerGivesUp_LoadServesOtherCallers()
    {
        var gate = new TaskCompletionSource<LoadResult>();
        _cluster.Loader.Answer = (_, _, _) => gate.Task;
        using var source = new CancellationTokenSource();
        var first = _cluster.Entry(Key).GetAsync(source.Token);
        await Eventually.TrueAsync(() => _cluster.Loader.Calls == 1, "the load runs");
        var second = _cluster.Entry(Key).GetAsync();

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult(FakeLoader.Found("for the second"));

        Assert.Equal("for the second", EntryCluster.Text(await second));
        Assert.Equal(1, _cluster.Loader.Calls);
    }

    [Fact]
    [Trait("Row", "L5")]
    public async Task Get_FallbackThrowsADriversException_ThrowsItToRemoteCallers()
    {
        _cluster.Loader.Answer = (_, _, _) => throw new DriverException("server closed the connection");

        var error = await Assert.ThrowsAsync<CacheFallbackException>(() => _cluster.Entry(Key).GetAsync());

        Assert.Contains("server closed the connection", error.Message, StringComparison.Ordinal);
        Assert.Equal("server closed the connection", error.InnerException?.Message);
    }

    [Fact]
    public async Task Get_FallbackTakesTooLong_EndsAtItsLimit()
    {
        _cluster.Loader.Answer = (_, _, _) => new TaskCompletionSource<LoadResult>().Task;
        var waiter = _cluster.Entry(Key).GetAsync();
        await Eventually.TrueAsync(() => _cluster.Loader.Calls == 1, "the load runs");

        _cluster.Time.Advance(TimeSpan.FromSeconds(30));

        var error = await Assert.ThrowsAsync<CacheFallbackException>(() => waiter);
        Assert.IsType<TimeoutException>(error.InnerException);
        Assert.Contains("00:00:30", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NothingFound_IsRememberedForThirtySeconds()
    {
        _cluster.Loader.Answer = (_, _, _) => Task.FromResult(LoadResult.NotFound);

        Assert.False((await _cluster.Entry(Key).GetAsync()).IsFound);
        _cluster.Time.Advance(TimeSpan.FromSeconds(29.9));
        Assert.Equal(EntrySource.Memory, (await _cluster.Entry(Key).GetAsync()).Source);
        _cluster.Time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(EntrySource.Fallback, (await _cluster.Entry(Key).GetAsync()).Source);
        Assert.Null(_cluster.Store[StoreKey]);
    }

    [Fact]
    [Trait("Row", "L7")]
    public async Task Get_AfterTimeToLive_LoadsAgain()
    {
        await _cluster.Entry(Key).GetAsync();
        _cluster.Time.Advance(EntryCluster.TimeToLive - TimeSpan.FromSeconds(1));
        var old = await _cluster.Entry(Key).GetAsync();
        Assert.Equal((EntrySource.Memory, TimeSpan.FromSeconds(299)), (old.Source, old.Age));

        _cluster.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(EntrySource.Fallback, (await _cluster.Entry(Key).GetAsync()).Source);
        Assert.Equal(2, _cluster.Loader.Calls);
    }

    [Fact]
    [Trait("Row", "L6")]
    public async Task Get_AnotherVersion_IsAnotherEntry()
    {
        await _cluster.Entry("user/v1?user_id=42").GetAsync();
        await _cluster.Entry("user/v2?user_id=42").GetAsync();

        Assert.Equal(2, _cluster.Loader.Calls);
    }

    [Fact]
    public async Task Get_NoFallback_SaysSoAndRemembersNothing()
    {
        var entry = _cluster.Entry("plain/v1?id=a");

        Assert.False((await entry.GetAsync()).IsFound);
        Assert.Equal(new CacheAnswer(null, EntrySource.None, Age: TimeSpan.Zero, Stamp: 0), await entry.GetAsync());
        Assert.Equal(2, _cluster.Store.Reads);
    }

    [Fact]
    public async Task Get_FallbackReturnsTooLargeAValue_AnswersAndKeepsNothing()
    {
        _cluster.Loader.Answer = (_, _, _) => Task.FromResult(LoadResult.Found(new byte[5000]));

        Assert.Equal(5000, (await _cluster.Entry(Key).GetAsync()).Value!.Length);
        Assert.Equal(EntrySource.Fallback, (await _cluster.Entry(Key).GetAsync()).Source);
        Assert.Null(_cluster.Store[StoreKey]);
    }

    [Theory]
    [InlineData("nobody/v1?id=1", "There is no cache 'nobody'. Registered caches: plain, user.")]
    [InlineData("user/v1", "needs the parameter 'user_id'")]
    [InlineData("user/v1?id=1", "needs the parameter 'user_id'")]
    [InlineData("user/v1?user_id=1&more=2", "has no parameter 'more'")]
    [InlineData("user/v01?user_id=42", "'user/v1?user_id=42'")]
    [InlineData("user/v1?user_id=%34%32", "'user/v1?user_id=42'")]
    [InlineData("user/v1?user_id=a%0Ab", "control character")]
    [InlineData("no key at all", "is not a cache key")]
    public async Task AnyCall_InvalidKey_SaysWhatIsWrong(string key, string message)
    {
        var entry = _cluster.Entry(key);

        foreach (Func<Task> call in (Func<Task>[])
            [() => entry.GetAsync(), () => entry.RemoveAsync(), () => entry.DescribeAsync()])
        {
            var error = await Assert.ThrowsAsync<ArgumentException>(call);
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }
    }

    private StoreRecord Record(string text)
    {
        var now = _cluster.Time.GetUtcNow();
        return new(Encoding.UTF8.GetBytes(text), Stamp.Next(now, Stamp.None), now, now.AddMinutes(1));
    }

    /// <summary>Represents a database driver's own exception: a type outside the System namespace.</summary>
    private sealed class DriverException(string message) : Exception(message);
}
