using System.Net;
using System.Net.Sockets;
using CacheOrleans.Testing;

namespace CacheOrleans.EndToEnd.Processes;

/// <summary>What a silo says when it cannot start, and when it can all the same.</summary>
public sealed class StartErrorTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task MembershipRefuses_EndsWithMessageThatNamesIt()
    {
        var port = FreePort.Next();
        await using var silo = SiloProcess.Launch(new SiloSettings { Membership = $"localhost:{port}" });

        Assert.NotEqual(0, await silo.ExitAsync(Limit));

        Assert.Contains("ConnectionStrings:Membership", silo.Output, StringComparison.Ordinal);
        Assert.Contains($"{port}", silo.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", silo.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Row", "L5")]
    public async Task RedisRefuses_StartsAndServesFromTheFallback()
    {
        var settings = new SiloSettings { Redis = $"localhost:{FreePort.Next()}" };
        await using var silo = await SiloProcess.StartAsync(settings);

        Assert.Equal("fallback", await silo.SourceAsync("country/entry?code=KR"));
        Assert.Equal("memory", await silo.SourceAsync("country/entry?code=KR"));
    }

    [Fact]
    public async Task HttpPortInUse_EndsWithMessageThatNamesIt()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var silo = SiloProcess.Launch(new SiloSettings(), port);

        Assert.NotEqual(0, await silo.ExitAsync(Limit));

        Assert.Contains($"{port}", silo.Output, StringComparison.Ordinal);
        Assert.Contains("in use", silo.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", silo.Output, StringComparison.Ordinal);
    }

    /// <remarks>What is said of each setting is tested without processes.</remarks>
    [Fact]
    public async Task BadSetting_EndsWithMessageThatNamesIt()
    {
        await using var silo = SiloProcess.Launch(
            new SiloSettings { More = new() { ["Caches__country__TimeToLive"] = "soon" } });

        Assert.Equal(2, await silo.ExitAsync(Limit));

        Assert.Contains("Caches:country:TimeToLive", silo.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", silo.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListensBeyondLoopbackWithoutKey_RefusesToStart()
    {
        await using var silo = SiloProcess.Launch(
            new SiloSettings(), null, "--urls", $"http://0.0.0.0:{FreePort.Next()}");

        Assert.Equal(2, await silo.ExitAsync(Limit));

        Assert.Contains("Http:Keys:admin:Key", silo.Output, StringComparison.Ordinal);
    }
}
