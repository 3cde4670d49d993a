using CacheOrleans.Client.Tests.Adapters;
using CacheOrleans.Testing;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Client.Tests.Hybrid;

/// <summary>Behavior that Microsoft's implementation does not have, or that differs from it.</summary>
public sealed class ClusterHybridCacheTests(HybridSubjects subjects) : IClassFixture<HybridSubjects>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetOrCreate_ByManyProcesses_RunsTheFactoryOnce()
    {
        var applications = Enumerable.Range(0, 4).Select(_ => Start()).ToList();
        var (key, load) = (HybridApplication.Key(), new Load<string>());

        var callers = applications
            .SelectMany(one => Enumerable.Range(0, 20).Select(_ => AskAsync(one, key, load)))
            .ToList();
        await Eventually.TrueAsync(() => load.Runs == 1, "the factory runs");
        load.Return("value");

        Assert.All(await Task.WhenAll(callers), value => Assert.Equal("value", value));
        Assert.Equal(1, load.Runs);
        await DisposeAllAsync(applications);
    }

    [Fact]
    public async Task GetOrCreate_FactoryFails_ThrowsInAllProcesses()
    {
        var applications = Enumerable.Range(0, 3).Select(_ => Start()).ToList();
        var (key, load) = (HybridApplication.Key(), new Load<string>());

        var callers = applications.Select(one => AskAsync(one, key, load)).ToList();
        await Eventually.TrueAsync(() => load.Runs == 1, "the factory runs");
        await Eventually.TrueAsync(() => subjects.WaitingFor(key) >= 2, "the other callers wait");
        load.Throw(new InvalidTimeZoneException("no value"));

        foreach (var caller in callers)
        {
            Assert.Equal("no value", (await Assert.ThrowsAsync<InvalidTimeZoneException>(() => caller)).Message);
        }

        await DisposeAllAsync(applications);
    }

    [Fact]
    public async Task GetOrCreate_AllCallersOfOneProcessGiveUp_GoesOnInAnother()
    {
        await using var first = Start();
        await using var second = Start();
        var (key, given, taken) = (HybridApplication.Key(), new Load<string>(), new Load<string>());
        using var cancellation = new CancellationTokenSource();

        var leaving = AskAsync(first, key, given, null, cancellation.Token);
        await Eventually.TrueAsync(() => given.Runs == 1, "the factory runs");
        var staying = AskAsync(second, key, taken);
        await Eventually.TrueAsync(() => subjects.WaitingFor(key) >= 1, "the other process waits");
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        await Eventually.TrueAsync(() => taken.Runs == 1, "the other process runs its factory");
        taken.Return("value");
        Assert.Equal("value", await staying);
        Assert.Equal("value", await first.GetAsync(key, () => "again"));
    }

    [Fact]
    public async Task GetOrCreate_ManyTypes_HaveSeparateCopies()
    {
        await using var application = Start();
        await KeepAsync("text");
        await KeepAsync(1);
        await KeepAsync(2L);
        await KeepAsync(new Uri("https://example.com/"));
        await KeepAsync(new Version(1, 2));
        await KeepAsync<int[]>([1, 2]);
        await KeepAsync(2.5);

        await AssertKeptAsync("text");
        await AssertKeptAsync(1);
        await AssertKeptAsync(2L);
        await AssertKeptAsync(new Uri("https://example.com/"));
        await AssertKeptAsync(new Version(1, 2));
        await AssertKeptAsync<int[]>([1, 2]);
        await AssertKeptAsync(2.5);
        Assert.Null(await application.LocalAsync<Version>(typeof(Uri).Name));

        async Task KeepAsync<T>(T value) => await application.KeepAsync(typeof(T).Name, value);

        async Task AssertKeptAsync<T>(T value) => Assert.Equal(value, await application.LocalAsync<T>(typeof(T).Name));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GetOrCreate_WithoutDistributedReadInManyProcesses_RunsTheFactoryOnce(bool isThereAlready)
    {
        var applications = Enumerable.Range(0, 3).Select(_ => Start()).ToList();
        var (key, load) = (HybridApplication.Key(), new Load<string>());
        if (isThereAlready)
        {
            await applications[0].Cache.SetAsync(key, "old", cancellationToken: Cancellation);
        }

        var callers = applications
            .Select(one => one.Cache.GetOrCreateAsync(
                key,
                load,
                static (load, token) => load.RunAsync(0, token),
                new() { Flags = HybridCacheEntryFlags.DisableDistributedCacheRead },
                cancellationToken: Cancellation).AsTask())
            .ToList();
        await Eventually.TrueAsync(() => subjects.WaitingFor(key) == 2, "the other callers wait");
        await Latency.OfAsync(300); // longer than an owner waits before it answers the first request
        load.Return("new");

        Assert.All(await Task.WhenAll(callers), value => Assert.Equal("new", value));
        Assert.Equal(1, load.Runs);
        await DisposeAllAsync(applications);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GetOrCreate_WithoutDistributedReadDuringAChange_StoresNothing(bool isTag)
    {
        await using var application = Start();
        var (key, tag, load) = (HybridApplication.Key(), HybridApplication.Key("tag"), new Load<string>());
        var making = application.Cache.GetOrCreateAsync(
            key,
            load,
            static (load, token) => load.RunAsync(0, token),
            new() { Flags = HybridCacheEntryFlags.DisableDistributedCacheRead },
            [tag],
            Cancellation).AsTask();
        await Eventually.TrueAsync(() => load.Runs == 1, "the factory runs");

        await (isTag
            ? application.Cache.RemoveByTagAsync(tag, Cancellation)
            : application.Cache.RemoveAsync(key, Cancellation));
        load.Return("old");

        Assert.Equal("old", await making);
        Assert.Equal("new", await application.GetAsync(key, () => "new"));
        Assert.Equal("new", await application.DistributedAsync<string>(key));
    }

    [Fact]
    public async Task RemoveByTag_ClockRunsAhead_EndsTheLocalCopy()
    {
        await using var application = Start(
            register: services => services.AddSingleton<TimeProvider>(new FastClock(TimeSpan.FromHours(1))));
        var (key, tag) = (HybridApplication.Key(), HybridApplication.Key("tag"));
        await application.Cache.RemoveByTagAsync("half \ud83d", Cancellation); // for which no silo is called
        await application.GetAsync(key, () => "value", HybridCacheEntryFlags.DisableDistributedCache, [tag]);
        Assert.Equal("value", await application.LocalAsync<string>(key));

        await application.Cache.RemoveByTagAsync(tag, Cancellation);

        Assert.Null(await application.LocalAsync<string>(key));
    }

    [Fact]
    public async Task Set_InAnotherProcess_EndsTheCopy()
    {
        await using var first = Start();
        await using var second = Start();
        var key = HybridApplication.Key();
        await first.KeepAsync(key, "old");

        await second.Cache.SetAsync(key, "new", cancellationToken: Cancellation);

        await Eventually.TrueAsync(async () => await first.LocalAsync<string>(key) is null, "the copy is gone");
        Assert.Equal("new", await first.GetAsync(key, () => "made"));
    }

    [Fact]
    public async Task RemoveByTag_InAnotherProcess_EndsTheCopy()
    {
        await using var first = Start();
        await using var second = Start();
        var (key, tag) = (HybridApplication.Key(), HybridApplication.Key());
        await first.KeepAsync(key, "old", null, [tag]);
        await second.KeepAsync(HybridApplication.Key(), "other", null, [tag]);

        await second.Cache.RemoveByTagAsync(tag, Cancellation);

        await Eventually.TrueAsync(async () => await first.LocalAsync<string>(key) is null, "the copy is gone");
        Assert.Equal("new", await first.GetAsync(key, () => "new"));
    }

    [Fact]
    public async Task RemoveByTag_Everything_EndsOnlyThisCache()
    {
        await using var application = Start(
            settings => settings.CacheName = "ours", services => services.AddCacheOrleans().AsDistributedCache());
        await using var other = Start(settings => settings.CacheName = "theirs");
        var (key, cache) = (HybridApplication.Key(), TestCaches.New<string>());
        await application.KeepAsync(key, "value");
        await other.KeepAsync(key, "value");
        await application.Client.SetAsync(cache, 1, "value", cancellationToken: Cancellation);

        await application.Cache.RemoveByTagAsync("*", Cancellation);

        Assert.Null(await application.DistributedAsync<string>(key));
        Assert.Equal("value", await other.DistributedAsync<string>(key));
        Assert.Equal("value", await application.Client.GetAsync(cache, 1, Cancellation));
    }

    [Fact]
    public async Task RemoveByTag_EverythingThroughTheClient_EndsThisCacheToo()
    {
        await using var application = Start();
        var key = HybridApplication.Key();
        await application.KeepAsync(key, "value");

        await application.Client.RemoveByTagAsync("*", Cancellation);

        Assert.Null(await application.LocalAsync<string>(key));
        Assert.Null(await application.DistributedAsync<string>(key));
    }

    [Fact]
    public async Task Set_DuringALoad_Wins()
    {
        await using var application = Start();
        var (key, load) = (HybridApplication.Key(), new Load<string>());
        var loading = AskAsync(application, key, load);
        await Eventually.TrueAsync(() => load.Runs == 1, "the factory runs");

        await application.Cache.SetAsync(key, "set", cancellationToken: Cancellation);
        load.Return("loaded");

        Assert.Equal("loaded", await loading);
        Assert.Equal("set", await application.GetAsync(key, () => "made"));
    }

    [Fact]
    public async Task RemoveByTag_DuringALoad_Wins()
    {
        await using var application = Start();
        var (key, tag, load) = (HybridApplication.Key(), HybridApplication.Key(), new Load<string>());
        var loading = AskAsync(application, key, load, [tag]);
        await Eventually.TrueAsync(() => load.Runs == 1, "the factory runs");

        await application.Cache.RemoveByTagAsync(tag, Cancellation);
        load.Return("loaded");

        Assert.Equal("loaded", await loading);
        Assert.Equal("new", await application.GetAsync(key, () => "new"));
    }

    [Fact]
    public async Task GetOrCreate_StoredValueOfAnotherType_RunsTheFactory()
    {
        await using var first = Start();
        await using var second = Start();
        var key = HybridApplication.Key();
        await first.Cache.SetAsync(key, "no number", cancellationToken: Cancellation);

        Assert.Equal(7, await second.GetAsync(key, () => 7));

        Assert.Equal(7, await second.DistributedAsync<int>(key));
    }

    [Fact]
    public async Task GetOrCreate_NullText_IsCachedForEveryProcess()
    {
        await using var first = Start();
        await using var second = Start();
        var key = HybridApplication.Key();

        Assert.Null(await first.GetAsync<string?>(key, () => null));

        Assert.Null(await second.GetAsync<string?>(key, () => "made"));
    }

    [Fact]
    public async Task GetOrCreate_LargeMutableValue_KeepsAnUnsharedCopy()
    {
        await using var application = Start(settings => settings.MaximumPayloadBytes = 100);
        var key = HybridApplication.Key();
        var made = Enumerable.Range(0, 100).ToList();

        var first = await application.GetAsync(key, () => made);
        made.Clear();
        first.Clear();

        Assert.Equal(100, (await application.GetAsync<List<int>>(key, () => [])).Count);
        Assert.Null(await application.DistributedAsync<List<int>>(key));
    }

    [Fact]
    public async Task GetOrCreate_TooManyTagsForTheCluster_KeepsOnlyACopyAndLogs()
    {
        await using var application = Start();
        var (key, tags) = (HybridApplication.Key(), Enumerable.Range(0, 64).Select(i => $"tag {i}").ToArray());

        Assert.Equal("value", await application.GetAsync(key, () => "value", tags: tags));
        Assert.Equal("value", await application.GetAsync(key, () => "again", tags: tags));
        Assert.Null(await application.DistributedAsync<string>(key));
        Assert.Equal(1, application.Errors);

        await application.Cache.RemoveByTagAsync("tag 7", Cancellation);
        Assert.Null(await application.LocalAsync<string>(key));
    }

    [Fact]
    public async Task GetOrCreate_ContextOfTheCaller_ReachesTheFactory()
    {
        await using var application = Start();
        var ambient = new AsyncLocal<string> { Value = "mine" };
        using var cancellation = new CancellationTokenSource();

        var seen = await application.Cache.GetOrCreateAsync(
            HybridApplication.Key(),
            _ => new ValueTask<string?>(ambient.Value),
            cancellationToken: cancellation.Token);

        Assert.Equal("mine", seen);
    }

    /// <summary>A clock that runs ahead of the system's clock.</summary>
    private sealed class FastClock(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
    }

    private static async Task DisposeAllAsync(List<HybridApplication> applications)
    {
        foreach (var application in applications)
        {
            await application.DisposeAsync();
        }
    }

    private static Task<string?> AskAsync(
        HybridApplication application,
        string key,
        Load<string> load,
        IEnumerable<string>? tags = null,
        CancellationToken cancellationToken = default) => application.Cache.GetOrCreateAsync(
            key, load, static (load, token) => load.RunAsync(0, token), null, tags, cancellationToken).AsTask();

    private HybridApplication Start(
        Action<HybridSettings>? configure = null, Action<IServiceCollection>? register = null) =>
        subjects.Start(Implementation.Cluster, configure, register);
}
