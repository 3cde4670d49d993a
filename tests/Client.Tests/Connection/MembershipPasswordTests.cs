using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Messaging;
using StackExchange.Redis;

namespace CacheOrleans.Client.Tests.Connection;

public sealed class MembershipPasswordTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rotation_OfTheMembershipsPassword_NeedsNoRestart()
    {
        using var server = RedisServer.TryLaunch("--requirepass", "first");
        Assert.SkipWhen(server is null, "There is no redis-server on this machine.");
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "first", Cancellation);
        using var silo = await TestHosts.StartSiloAsync($"{server.ConnectionString},password=first");
        using var application = TestHosts.Application($"{server.ConnectionString},passwordFile={file}");
        await application.StartAsync(Cancellation);
        await using var admin = await ConnectionMultiplexer.ConnectAsync(
            $"{server.ConnectionString},password=first,allowAdmin=true");
        var gateways = application.Services.GetRequiredService<IGatewayListProvider>();
        var former = Assert.Single(await gateways.GetGateways());
        await silo.StopAsync(Cancellation);

        await File.WriteAllTextAsync(file, "second", Cancellation);
        await admin.GetDatabase().ExecuteAsync("CONFIG", "SET", "requirepass", "second");
        await admin.GetDatabase().ExecuteAsync("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");

        using var next = await TestHosts.StartSiloAsync($"{server.ConnectionString},password=second");
        await Eventually.TrueAsync(
            async () => (await gateways.GetGateways()).Any(gateway => gateway != former),
            "the client sees the new silo");
        await application.StopAsync(Cancellation);
        await next.StopAsync(Cancellation);
        File.Delete(file);
    }
}
