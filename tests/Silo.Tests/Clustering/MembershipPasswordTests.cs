using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace CacheOrleans.Silo.Tests.Clustering;

public sealed class MembershipPasswordTests
{
    [Fact]
    public async Task Rotation_OfTheMembershipPassword_NeedsNoRestart()
    {
        using var server = RedisServer.TryLaunch("--requirepass", "first");
        Assert.SkipWhen(server is null, "There is no redis-server on this machine.");
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "first");
        await using var host = await HostFixture.StartAsync(
            FreePort.Next(),
            FreePort.Next(),
            "--ConnectionStrings:Membership",
            $"{server.ConnectionString},passwordFile={file}");
        await using var admin = await ConnectionMultiplexer.ConnectAsync(
            $"{server.ConnectionString},password=first,allowAdmin=true");
        var table = host.App.Services.GetRequiredService<IMembershipTable>();

        await File.WriteAllTextAsync(file, "second");
        await admin.GetDatabase().ExecuteAsync("CONFIG", "SET", "requirepass", "second");
        await admin.GetDatabase().ExecuteAsync("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");

        await Eventually.TrueAsync(() => CanReadAsync(table), "the table can be read again");
        await host.App.StopAsync();
        File.Delete(file);
    }

    private static async Task<bool> CanReadAsync(IMembershipTable table)
    {
        try
        {
            return (await table.ReadAllAsync(TestContext.Current.CancellationToken)).Members.Count == 1;
        }
        catch (RedisException)
        {
            return false; // the connection is being established
        }
    }
}
