using System.Globalization;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace CacheOrleans.Silo.Tests.Clustering;

public sealed class MembershipGuardTests
{
    [Fact]
    public async Task EmptiedTable_StopsTheSilo_WithItsExitCode()
    {
        var membership = FreePort.Next();
        await using var host = await HostFixture.StartAsync(
            FreePort.Next(), membership, "--MembershipGuard:Interval", "00:00:00.1");
        var lifetime = host.App.Services.GetRequiredService<IHostApplicationLifetime>();

        await EmptyAsync(membership);

        await Eventually.TrueAsync(
            () => lifetime.ApplicationStopping.IsCancellationRequested, "the silo finds itself absent");
        Assert.Equal(ExitCode.LostFromMembership, host.Stop.Code);
        await host.App.StopAsync().WaitAsync(TimeSpan.FromSeconds(25), TimeProvider.System);
    }

    private static async Task EmptyAsync(int port)
    {
        var options = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port},allowAdmin=true");
        await using var redis = await ConnectionMultiplexer.ConnectAsync(options);
        await redis.GetServers().Single().FlushAllDatabasesAsync();
    }
}
