using CacheOrleans.Testing;
using CacheOrleans.Testing.Processes;

namespace CacheOrleans.EndToEnd.Processes;

/// <summary>The messages of a process that cannot start.</summary>
/// <remarks>The messages of single settings, and of ports, are tested without processes.</remarks>
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
    public async Task InvalidSetting_StopsWithAMessage_ThatNamesIt()
    {
        await using var silo = SiloProcess.Launch(
            new SiloSettings { More = new() { ["Caches__country__TimeToLive"] = "soon" } });

        Assert.Equal(2, await silo.ExitAsync(Limit));

        Assert.Contains("Caches:country:TimeToLive", silo.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", silo.Output, StringComparison.Ordinal);
    }
}
