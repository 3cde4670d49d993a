using System.Net;
using CacheOrleans.Testing;
using CacheOrleans.Testing.Processes;

namespace CacheOrleans.EndToEnd.Processes;

/// <summary>A silo that receives a stop request while it is in use.</summary>
[Collection(nameof(EmbeddedCluster))]
public sealed class GracefulStopTests(EmbeddedCluster cluster)
{
    [Fact]
    public async Task Stop_BecomesUnreadyFirst_AnswersAndHandsOverItsEntries()
    {
        var staying = cluster.First;
        await using var leaving = await cluster.StartSiloAsync();
        await SiloProcess.KnowEachOtherAsync(staying, cluster.Second, leaving);
        var entries = Enumerable.Range(101, 40).Select(version => $"home/entry?version={version}").ToList();
        await Task.WhenAll(entries.Select(staying.SourceAsync));

        leaving.Signal("TERM");
        await Eventually.TrueAsync(
            async () => await StatusAsync(leaving, "/healthz/ready") == HttpStatusCode.ServiceUnavailable,
            "the stopping silo is not ready");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(leaving, "/healthz/live"));
        await leaving.SourceAsync("country/entry?code=KR");
        var whileStopping = new List<string>();
        while (!leaving.HasExited)
        {
            whileStopping.AddRange(await Task.WhenAll(entries.Select(staying.SourceAsync)));
        }

        Assert.Equal(0, await leaving.ExitAsync(TimeSpan.FromSeconds(60)));
        Assert.NotEmpty(whileStopping);
        Assert.DoesNotContain("undone", leaving.Output, StringComparison.Ordinal);
        Assert.Equal(2, await staying.ActiveSilosAsync());
    }

    private static async Task<HttpStatusCode> StatusAsync(SiloProcess silo, string path)
    {
        using var response = await silo.Http.GetAsync(path);
        return response.StatusCode;
    }
}
