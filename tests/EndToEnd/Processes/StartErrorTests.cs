using System.Net;
using System.Net.Sockets;
using CacheOrleans.Testing;

namespace CacheOrleans.EndToEnd.Processes;

/// <summary>The messages of a silo that cannot start, and failures that do not prevent the start.</summary>
public sealed class StartErrorTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task MembershipRefuses_StopsWithAMessage_ThatNamesIt()
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
    public async Task HttpPortInUse_StopsWithAMessage_ThatNamesIt()
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

    /// <remarks>The messages of single settings are tested without processes.</remarks>
    [Fact]
    public async Task InvalidSetting_StopsWithAMessage_ThatNamesIt()
    {
        await using var silo = SiloProcess.Launch(
            new SiloSettings { More = new() { ["Caches__country__TimeToLive"] = "soon" } });

        Assert.Equal(2, await silo.ExitAsync(Limit));

        Assert.Contains("Caches:country:TimeToLive", silo.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", silo.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListensBeyondLoopback_WithoutAKey_RefusesToStart()
    {
        await using var silo = SiloProcess.Launch(
            new SiloSettings(), null, "--urls", $"http://0.0.0.0:{FreePort.Next()}");

        Assert.Equal(2, await silo.ExitAsync(Limit));

        Assert.Contains("Http:Keys:admin:Key", silo.Output, StringComparison.Ordinal);
    }
}
