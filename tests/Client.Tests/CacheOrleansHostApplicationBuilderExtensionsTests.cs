using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CacheOrleans.Client.Tests;

public sealed class CacheOrleansHostApplicationBuilderExtensionsTests : IDisposable
{
    private readonly GarnetServer _redis = GarnetServer.Launch();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _redis.Dispose();

    [Fact]
    public async Task AddCacheOrleansClusterClient_WithASilo_CallsItsGrains()
    {
        using var silo = await TestHosts.StartSiloAsync(_redis.ConnectionString);
        using var application = TestHosts.Application(_redis.ConnectionString);
        await application.StartAsync(Cancellation);

        var hosts = await HostsAsync(application);

        Assert.Equal(SiloStatus.Active, Assert.Single(hosts).Value);
        var client = application.Services.GetRequiredService<IClusterClient>();
        Assert.Equal(hosts, await client.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true));
        await application.StopAsync(Cancellation);
        await silo.StopAsync(Cancellation);
    }

    [Fact]
    public async Task AddCacheOrleansClusterClient_BeforeAnySilo_ConnectsWhenOneStarts()
    {
        var log = new FakeLogCollector();
        using var application = TestHosts.Application(_redis.ConnectionString, log);
        var start = application.StartAsync(Cancellation);
        await Eventually.TrueAsync(() => log.Of(4001).Count > 0, "the client logs that it waits");
        Assert.False(start.IsCompleted);

        using var silo = await TestHosts.StartSiloAsync(_redis.ConnectionString);
        await start;

        Assert.Single(await HostsAsync(application));
        var entry = log.Of(4001)[0];
        Assert.Equal(LogLevel.Warning, entry.Level);
        Assert.Null(entry.Exception);
        Assert.Contains("gateway", entry.Message, StringComparison.OrdinalIgnoreCase);
        await application.StopAsync(Cancellation);
        await silo.StopAsync(Cancellation);
    }

    [Fact]
    public async Task AddCacheOrleansClusterClient_ToAnotherCluster_DoesNotFindTheSilo()
    {
        using var silo = await TestHosts.StartSiloAsync(_redis.ConnectionString, clusterId: "blue");
        var log = new FakeLogCollector();
        using var green = TestHosts.Application(_redis.ConnectionString, log, ("Orleans:ClusterId", "green"));
        using var blue = TestHosts.Application(_redis.ConnectionString, null, ("Orleans:ClusterId", "blue"));
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        await blue.StartAsync(Cancellation);
        var start = green.StartAsync(cancellation.Token);
        await Eventually.TrueAsync(() => log.Of(4001).Count > 0, "the client logs that it waits");
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        Assert.Single(await HostsAsync(blue));
        await blue.StopAsync(Cancellation);
        await silo.StopAsync(Cancellation);
    }

    [Fact]
    public async Task AddCacheOrleansClusterClient_WhileMembershipIsAway_WaitsUntilCanceled()
    {
        var log = new FakeLogCollector();
        using var application = TestHosts.Application($"127.0.0.1:{FreePort.Next()},connectTimeout=500", log);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var start = application.StartAsync(cancellation.Token);
        await Eventually.TrueAsync(() => log.Of(4001).Count > 0, "the client logs that it waits");

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("localhost:6391,nonsense=1")]
    [InlineData("localhost:6391,connectTimeout=soon")]
    [InlineData("password=secret")]
    public void AddCacheOrleansClusterClient_WithABadConnectionString_NamesTheSetting(string membership)
    {
        var error = Assert.Throws<InvalidOperationException>(() => TestHosts.Application(membership));
        Assert.Contains("ConnectionStrings:Membership", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Orleans:ClusterId")]
    [InlineData("Orleans:ServiceId")]
    public void AddCacheOrleansClusterClient_WithAnEmptyId_NamesTheSetting(string setting)
    {
        var error = Assert.Throws<InvalidOperationException>(() => TestHosts.Application(null, null, (setting, " ")));
        Assert.Equal($"{setting} is empty.", error.Message);
    }

    private static Task<Dictionary<SiloAddress, SiloStatus>> HostsAsync(IHost application) => application.Services
        .GetRequiredService<IGrainFactory>()
        .GetGrain<IManagementGrain>(0)
        .GetHosts(onlyActive: true);
}
