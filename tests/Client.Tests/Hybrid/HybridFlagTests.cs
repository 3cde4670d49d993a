using CacheOrleans.Client.Tests.Adapters;
using CacheOrleans.Testing;
using Microsoft.Extensions.Caching.Hybrid;

namespace CacheOrleans.Client.Tests.Hybrid;

public sealed class HybridFlagTests(HybridSubjects subjects) : IClassFixture<HybridSubjects>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Both]
    public async Task GetOrCreate_WithoutLocalRead_AsksTheStore(Implementation implementation)
    {
        await using var first = subjects.Start(implementation);
        await using var second = subjects.Start(implementation);
        var key = HybridApplication.Key();
        await first.KeepAsync(key, "old");
        await second.Cache.SetAsync(key, "new", cancellationToken: Cancellation);

        var value = await first.GetAsync(key, () => "made", HybridCacheEntryFlags.DisableLocalCacheRead);

        Assert.Equal("new", value);
        Assert.Equal("new", await first.LocalAsync<string>(key));
    }

    [Theory, Both]
    public async Task GetOrCreate_WithoutLocalWrite_StoresWithoutACopy(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var key = HybridApplication.Key();

        await application.GetAsync(key, () => "value", HybridCacheEntryFlags.DisableLocalCacheWrite);

        await StoredAsync(application, key, "value");
        Assert.Null(await application.LocalAsync<string>(key));
    }

    [Theory, Both]
    public async Task GetOrCreate_WithoutDistributedRead_RunsTheFactoryAndStores(Implementation implementation)
    {
        await using var first = subjects.Start(implementation);
        await using var second = subjects.Start(implementation);
        var key = HybridApplication.Key();
        await first.Cache.SetAsync(key, "old", cancellationToken: Cancellation);

        Assert.Equal(
            "new", await second.GetAsync(key, () => "new", HybridCacheEntryFlags.DisableDistributedCacheRead));

        await StoredAsync(second, key, "new");
        Assert.Equal("new", await second.GetAsync(key, () => "newer"));
    }

    [Theory, Both]
    public async Task GetOrCreate_WithoutDistributedRead_KeepsACopy(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var key = HybridApplication.Key();
        const HybridCacheEntryFlags Flag = HybridCacheEntryFlags.DisableDistributedCacheRead;

        Assert.Equal("value", await application.GetAsync(key, () => "value", Flag));

        Assert.Equal("value", await application.LocalAsync<string>(key));
        Assert.Equal("value", await application.GetAsync(key, () => "again", Flag));
    }

    [Theory, Both]
    public async Task GetOrCreate_WithoutDistributedWrite_KeepsOnlyACopy(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var key = HybridApplication.Key();

        await application.GetAsync(key, () => "value", HybridCacheEntryFlags.DisableDistributedCacheWrite);

        Assert.Equal("value", await application.LocalAsync<string>(key));
        Assert.Null(await application.DistributedAsync<string>(key));
    }

    [Theory, Both]
    public async Task GetOrCreate_WithoutDistributedWrite_ReadsTheStore(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var key = HybridApplication.Key();
        await application.Cache.SetAsync(
            key, "stored", new() { Flags = HybridCacheEntryFlags.DisableLocalCacheWrite }, null, Cancellation);

        Assert.Equal(
            "stored",
            await application.GetAsync(key, () => "made", HybridCacheEntryFlags.DisableDistributedCacheWrite));
    }

    [Theory, Both]
    public async Task GetOrCreate_LocalOnly_RunsTheFactoryAndKeepsACopy(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var key = HybridApplication.Key();
        await application.Cache.SetAsync(
            key, "stored", new() { Flags = HybridCacheEntryFlags.DisableLocalCacheWrite }, null, Cancellation);

        Assert.Equal(
            "made", await application.GetAsync(key, () => "made", HybridCacheEntryFlags.DisableDistributedCache));
        Assert.Equal(
            "made", await application.GetAsync(key, () => "again", HybridCacheEntryFlags.DisableDistributedCache));
        Assert.Equal("stored", await application.DistributedAsync<string>(key));
    }

    [Theory, Both]
    public async Task GetOrCreate_DistributedOnly_KeepsNoCopy(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var key = HybridApplication.Key();
        await application.Cache.SetAsync(
            key, "stored", new() { Flags = HybridCacheEntryFlags.DisableLocalCacheWrite }, null, Cancellation);

        Assert.Equal("stored", await application.GetAsync(key, () => "made", HybridCacheEntryFlags.DisableLocalCache));
        Assert.Null(await application.LocalAsync<string>(key));
    }

    [Theory, Both]
    public async Task GetOrCreate_WithoutAnyCache_StillRunsTheFactoryOnceAtATime(Implementation implementation)
    {
        const HybridCacheEntryFlags None =
            HybridCacheEntryFlags.DisableLocalCache | HybridCacheEntryFlags.DisableDistributedCache;
        await using var application = subjects.Start(implementation);
        var (key, runs) = (HybridApplication.Key(), 0);
        var gate = new TaskCompletionSource();

        var callers = Enumerable.Range(0, 20).Select(async _ => await application.Cache.GetOrCreateAsync(
            key,
            async _ =>
            {
                await gate.Task;
                return Interlocked.Increment(ref runs);
            },
            new() { Flags = None },
            cancellationToken: Cancellation)).ToArray();
        gate.SetResult();

        Assert.All(await Task.WhenAll(callers), value => Assert.Equal(1, value));
        Assert.Equal(2, await application.GetAsync(key, () => ++runs, None));
        Assert.Equal(0, await application.LocalAsync<int>(key));
        Assert.Equal(0, await application.DistributedAsync<int>(key));
    }

    [Theory, Both]
    public async Task GetOrCreate_WithoutUnderlyingData_ReturnsTheDefaultAndKeepsNothing(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var key = HybridApplication.Key();

        Assert.Null(await application.GetAsync(key, () => "made", HybridCacheEntryFlags.DisableUnderlyingData));
        Assert.Equal(0, await application.GetAsync(
            HybridApplication.Key(), () => 7, HybridCacheEntryFlags.DisableUnderlyingData));

        Assert.Equal("made", await application.GetAsync(key, () => "made"));
        await StoredAsync(application, key, "made");
        Assert.Equal(
            "made", await application.GetAsync(key, () => "again", HybridCacheEntryFlags.DisableUnderlyingData));
    }

    [Theory, Both]
    public async Task GetOrCreate_WithoutCompression_ChangesNothing(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var key = HybridApplication.Key();

        Assert.Equal("value", await application.GetAsync(key, () => "value", HybridCacheEntryFlags.DisableCompression));
        Assert.Equal("value", await application.GetAsync(key, () => "again"));
        await StoredAsync(application, key, "value");
    }

    [Theory, Both]
    public async Task Set_WithoutLocalWrite_KeepsNoCopy(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var key = HybridApplication.Key();

        await application.Cache.SetAsync(
            key, "value", new() { Flags = HybridCacheEntryFlags.DisableLocalCacheWrite }, null, Cancellation);

        Assert.Null(await application.LocalAsync<string>(key));
        Assert.Equal("value", await application.DistributedAsync<string>(key));
    }

    [Theory, Both]
    public async Task Set_WithoutDistributedWrite_KeepsOnlyACopy(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var key = HybridApplication.Key();

        await application.Cache.SetAsync(
            key, "value", new() { Flags = HybridCacheEntryFlags.DisableDistributedCacheWrite }, null, Cancellation);

        Assert.Equal("value", await application.LocalAsync<string>(key));
        Assert.Null(await application.DistributedAsync<string>(key));
    }

    [Theory, Both]
    public async Task Set_WithoutUnderlyingData_DoesNothing(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var (key, held) = (HybridApplication.Key(), HybridApplication.Key());
        var flags = new HybridCacheEntryOptions { Flags = HybridCacheEntryFlags.DisableUnderlyingData };
        await application.KeepAsync(held, "old");

        await application.Cache.SetAsync(key, "value", flags, null, Cancellation);
        await application.Cache.SetAsync(held, "new", flags, null, Cancellation);

        Assert.Null(await application.LocalAsync<string>(key));
        Assert.Null(await application.DistributedAsync<string>(key));
        Assert.Equal("old", await application.LocalAsync<string>(held));
        Assert.Equal("old", await application.DistributedAsync<string>(held));
    }

    [Theory, Both]
    public async Task Flags_NotSetByTheCall_AreTheDefaults(Implementation implementation)
    {
        await using var application = subjects.Start(implementation, settings =>
            settings.DefaultEntryOptions = new() { Flags = HybridCacheEntryFlags.DisableUnderlyingData });
        var key = HybridApplication.Key();

        Assert.Null(await application.Cache.GetOrCreateAsync(
            key, static _ => new ValueTask<string?>("made"), cancellationToken: Cancellation));
        Assert.Null(await application.GetAsync(key, () => "made"));
        Assert.Equal("made", await application.GetAsync(key, () => "made", HybridCacheEntryFlags.None));
    }

    private static Task StoredAsync(HybridApplication application, string key, string value) => Eventually.TrueAsync(
        async () => await application.DistributedAsync<string>(key) == value, $"'{value}' is stored");
}
