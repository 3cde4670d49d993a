using CacheOrleans.Testing;

namespace CacheOrleans.Redis.Tests;

public sealed class RedisLoginTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData("", "NOAUTH")]
    [InlineData(",password=wrong", "WRONGPASS")]
    [InlineData(",user=nobody,password=secret", "WRONGPASS")]
    [InlineData(",password=wrong,abortConnect=false", "WRONGPASS")]
    public async Task TryAsync_ServerRefusesTheCredentials_SaysSoInOneLine(string options, string expected)
    {
        using var server = RedisServer.TryLaunch("--requirepass", "secret");
        Assert.SkipWhen(server is null, "There is no redis-server on this machine.");

        var error = await RedisLogin.TryAsync(server.ConnectionString + options, Limit, CancellationToken.None);

        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TryAsync_RightPassword_Succeeds()
    {
        using var server = RedisServer.TryLaunch("--requirepass", "secret");
        Assert.SkipWhen(server is null, "There is no redis-server on this machine.");

        Assert.Null(await RedisLogin.TryAsync(
            $"{server.ConnectionString},password=secret", Limit, CancellationToken.None));
    }

    [Fact]
    public async Task TryAsync_NoServerAtTheAddress_SaysSo() => Assert.NotNull(
        await RedisLogin.TryAsync($"127.0.0.1:{FreePort.Next()}", Limit, CancellationToken.None));
}
