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

    /// <remarks>Leaving a table without the silo's own row must not use up the time that the writes need.</remarks>
    [Fact]
    public async Task EmptiedTable_WaitingWrites_AreDrained()
    {
        var (cache, membership) = (FreePort.Next(), FreePort.Next());
        await using var host = await HostFixture.StartAsync(
            cache, membership, "--MembershipGuard:Interval", "00:00:00.1");
        var lifetime = host.App.Services.GetRequiredService<IHostApplicationLifetime>();
        using var http = new HttpClient { BaseAddress = new Uri(host.App.Urls.First()) };
        await host.Servers.Redis!.StopAsync();
        (await http.GetAsync("/api/caches/country/entry?code=KR")).EnsureSuccessStatusCode();

        await EmptyAsync(membership);
        await Eventually.TrueAsync(
            () => lifetime.ApplicationStopping.IsCancellationRequested, "the silo finds itself absent");
        await host.Servers.Redis.StartAsync();
        await host.App.StopAsync();

        await using var redis = await ConnectionMultiplexer.ConnectAsync(host.Servers.Redis.ConnectionString);
        Assert.True(await redis.GetDatabase().KeyExistsAsync("cacheorleans:country:v1:country:KR"));
    }

    private static async Task EmptyAsync(int port)
    {
        var options = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port},allowAdmin=true");
        await using var redis = await ConnectionMultiplexer.ConnectAsync(options);
        await redis.GetServers().Single().FlushAllDatabasesAsync();
    }
}
