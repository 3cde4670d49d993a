using CacheOrleans.Client.Tests.Adapters;
using Microsoft.Extensions.Caching.Hybrid;

namespace CacheOrleans.Client.Tests.Hybrid;

/// <summary>The store behind the cache is down: Redis for Microsoft's, the silos for this project's.</summary>
public sealed class HybridOutageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Both]
    public async Task GetOrCreate_WhileTheStoreIsAway_RunsTheFactoryAndKeepsACopy(Implementation implementation)
    {
        await using var subjects = await LaunchAsync();
        await using var application = await StartAsync(subjects, implementation);
        var (key, runs) = (HybridApplication.Key(), 0);
        await subjects.StopStoreAsync(implementation);

        Assert.Equal(1, await application.GetAsync(key, () => ++runs));
        Assert.Equal(1, await application.GetAsync(key, () => ++runs));

        Assert.Equal(1, await application.LocalAsync<int>(key));
    }

    [Theory, Both]
    public async Task GetOrCreate_WhileTheStoreIsAway_StillServesCopies(Implementation implementation)
    {
        await using var subjects = await LaunchAsync();
        await using var application = await StartAsync(subjects, implementation);
        var key = HybridApplication.Key();
        await application.KeepAsync(key, "value");

        await subjects.StopStoreAsync(implementation);

        Assert.Equal("value", await application.GetAsync(key, () => "made"));
    }

    [Theory, Both]
    public async Task GetOrCreate_DistributedDisabledWhileTheStoreIsAway_LogsNoError(Implementation implementation)
    {
        await using var subjects = await LaunchAsync();
        await using var application = await StartAsync(subjects, implementation);
        await subjects.StopStoreAsync(implementation);
        var key = HybridApplication.Key();

        Assert.Equal(
            "made", await application.GetAsync(key, () => "made", HybridCacheEntryFlags.DisableDistributedCache));

        Assert.Equal(0, application.Errors);
    }

    [Theory, Both]
    public async Task Set_WhileTheStoreIsAway_KeepsACopyAndLogs(Implementation implementation)
    {
        await using var subjects = await LaunchAsync();
        await using var application = await StartAsync(subjects, implementation);
        await subjects.StopStoreAsync(implementation);
        var key = HybridApplication.Key();

        await application.Cache.SetAsync(key, "value", cancellationToken: Cancellation);

        Assert.Equal("value", await application.LocalAsync<string>(key));
        Assert.Equal(1, application.Errors);
    }

    [Theory, Both]
    public async Task Remove_WhileTheStoreIsAway_EndsTheCopyAndThrows(Implementation implementation)
    {
        await using var subjects = await LaunchAsync();
        await using var application = await StartAsync(subjects, implementation);
        var key = HybridApplication.Key();
        await application.KeepAsync(key, "value");
        await subjects.StopStoreAsync(implementation);

        await Assert.ThrowsAnyAsync<Exception>(async () => await application.Cache.RemoveAsync(key, Cancellation));

        Assert.Null(await application.LocalAsync<string>(key));
    }

    [Theory, Both]
    public async Task RemoveByTag_WhileTheStoreIsAway_EndsCopiesAndThrows(Implementation implementation)
    {
        await using var subjects = await LaunchAsync();
        await using var application = await StartAsync(subjects, implementation);
        var (key, tag) = (HybridApplication.Key(), "tag");
        await application.KeepAsync(key, "value", null, [tag]);
        await subjects.StopStoreAsync(implementation);

        await Assert.ThrowsAnyAsync<Exception>(async () => await application.Cache.RemoveByTagAsync(tag, Cancellation));

        Assert.Null(await application.LocalAsync<string>(key));
    }

    private static async Task<HybridSubjects> LaunchAsync()
    {
        var subjects = new HybridSubjects { HasShortTimeouts = true };
        await subjects.InitializeAsync();
        return subjects;
    }

    /// <summary>Starts an application that has already used the store.</summary>
    private static async Task<HybridApplication> StartAsync(HybridSubjects subjects, Implementation implementation)
    {
        var application = subjects.Start(implementation);
        await application.Cache.SetAsync(HybridApplication.Key(), "value", null, ["tag"], Cancellation);
        return application;
    }
}
