using CacheOrleans.Breaker;
using CacheOrleans.Grains.Access;
using CacheOrleans.Testing;
using Orleans.Core.Internal;

namespace CacheOrleans.Grains.Tests.Access;

/// <summary>Which calls a client may make.</summary>
public sealed class ClientCallTests : IAsyncLifetime
{
    private EntryCluster _cluster = null!;

    public static TheoryData<string> Refused => [.. Calls.Keys];

    private static Dictionary<string, Func<IGrainFactory, Task>> Calls => new()
    {
        ["ICircuitBreakerGrain.IsolateAsync"] = grains => Breaker(grains).IsolateAsync(),
        ["ICircuitBreakerGrain.CloseAsync"] = grains => Breaker(grains).CloseAsync(),
        ["ICircuitBreakerGrain.DisableAsync"] = grains => Breaker(grains).DisableAsync(),
        ["ICircuitBreakerGrain.UpdateSettingsAsync"] = grains =>
            Breaker(grains).UpdateSettingsAsync(new BreakerChange()),
        ["IAlertThrottleGrain.TestAsync"] = grains =>
            grains.GetGrain<IAlertThrottleGrain>(IAlertThrottleGrain.Key).TestAsync(),
        ["IManagementGrain.ForceGarbageCollection"] = grains =>
            grains.GetGrain<IManagementGrain>(0).ForceGarbageCollection([]),
        ["IManagementGrain.ForceActivationCollection"] = grains =>
            grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero),
        ["IGrainManagementExtension.DeactivateOnIdle"] = grains =>
            Breaker(grains).AsReference<IGrainManagementExtension>().DeactivateOnIdle().AsTask(),
    };

    public async ValueTask InitializeAsync() => _cluster = await EntryCluster.StartAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Client_ChangesTheClustersBehavior_IsRefused(string call)
    {
        var error = await Assert.ThrowsAsync<UnauthorizedAccessException>(
            () => Calls[call](_cluster.Silos.Client));

        Assert.StartsWith($"A client may not call {call}: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public Task Silo_SameCalls_AreAllowed(string call) => Calls[call](_cluster.Silos.SiloGrains());

    [Fact]
    public async Task Client_ReadsStatistics_IsAllowed()
    {
        var client = _cluster.Silos.Client;

        Assert.NotNull(await Breaker(client).GetStatsAsync());
        Assert.NotNull(await client.GetGrain<IAlertThrottleGrain>(IAlertThrottleGrain.Key).GetStatsAsync());
        Assert.Single(await client.GetGrain<IManagementGrain>(0).GetHosts());
    }

    /// <remarks>Other clients are not affected.</remarks>
    [Fact]
    public async Task Client_DeclaresTooManyCaches_IsRefused()
    {
        var client = _cluster.Silos.Client;
        for (var i = 0; i < DeclarationShares.Share; i++)
        {
            await DeclareAsync(client, $"cache{i}");
        }

        var error = await Assert.ThrowsAsync<ArgumentException>(() => DeclareAsync(client, "one-more"));
        Assert.Contains($"{DeclarationShares.Share} caches", error.Message, StringComparison.Ordinal);

        await DeclareAsync(client, "cache0");
        await DeclareAsync(_cluster.Silos.SiloGrains(), "one-more");
        await DeclareAsync(client, "one-more");
    }

    private static ICircuitBreakerGrain Breaker(IGrainFactory grains) =>
        grains.GetGrain<ICircuitBreakerGrain>(ICircuitBreakerGrain.Redis);

    private static Task DeclareAsync(IGrainFactory grains, string cache) =>
        grains.GetGrain<ICacheEntryGrain>($"{cache}/v1?id=1").DeclareAsync(new CacheDeclaration(
            cache, "any:{id}", new CacheLife(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1))));
}
