using System.Globalization;
using System.Net;
using CacheOrleans.EndToEnd.Processes;
using CacheOrleans.Testing;
using CacheOrleans.Testing.Processes;
using StackExchange.Redis;

namespace CacheOrleans.EndToEnd.Outages;

/// <summary>A silo that gets no processor time for a while, with a healthy Redis.</summary>
[Collection(nameof(LoneSilo))]
public sealed class StarvedSiloTests(LoneSilo lone)
{
    private const string Starved = "kind=\"Starved\"";
    private const string Timeout = "kind=\"Timeout\"";

    /// <summary>Several caches in turn, because the breaker opens only on failures of several.</summary>
    private static readonly string[] Caches = ["home/entry?", "country/entry?code=KR&", "currency/entry?code=EUR&"];

    private static int _version;

    private SiloProcess _silo = null!;

    /// <remarks>Redis is paused for 150 ms each time, so that many calls are under way when the silo is paused. This is
    /// repeated until there were more late calls than open a breaker. On a busy machine some of 200 concurrent requests
    /// were counted as timeouts; the reason is not known.</remarks>
    [Theory]
    [InlineData(40)]
    [InlineData(200, Skip = LongRuns.Reason, SkipType = typeof(LongRuns), SkipUnless = nameof(LongRuns.AreWanted))]
    public async Task SiloPausedForTwoSeconds_BreakerStaysClosed(int atOnce)
    {
        _silo = await lone.OneAsync();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(
            $"{lone.Redis!.ConnectionString},allowAdmin=true");
        await Task.WhenAll(Requests(100));
        var (starved, timeouts) = (await CountAsync(Starved), await CountAsync(Timeout));
        var (openings, written) = (await OpeningsAsync(), _silo.Output.Length);

        await Eventually.TrueAsync(
            async () =>
            {
                await redis.GetDatabase().ExecuteAsync("CLIENT", "PAUSE", "150", "ALL");
                var requests = Task.WhenAll(Requests(atOnce));
                await Latency.OfAsync(100);
                _silo.Signal("STOP");
                await Latency.OfAsync(2000);
                _silo.Signal("CONT");
                await requests;
                Assert.Equal("closed", await StateAsync());
                return await CountAsync(Starved) - starved > 20;
            },
            "more than twenty calls to Redis were late");

        Assert.Equal(timeouts, await CountAsync(Timeout));
        Assert.Equal(openings, await OpeningsAsync());
        var output = _silo.Output[written..];
        Assert.DoesNotContain("Redis fails", output, StringComparison.Ordinal);
        Assert.Contains("short of processor time", _silo.Output, StringComparison.Ordinal); // is not repeated each time
    }

    private IEnumerable<Task> Requests(int count) => Enumerable.Range(0, count).Select(_ =>
        AnswerAsync($"{Caches[++_version % Caches.Length]}version={_version}"));

    private async Task AnswerAsync(string entry)
    {
        using var response = await _silo.GetEntryAsync(entry);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private async Task<string?> StateAsync() => (string?)(await ThreeSilos.BreakerAsync(_silo))["state"];

    private async Task<int> OpeningsAsync() => (int)(await ThreeSilos.BreakerAsync(_silo))["openings"]!;

    /// <summary>Returns the sum of the failures of Redis of one kind.</summary>
    private async Task<double> CountAsync(string kind)
    {
        var lines = (await _silo.Http.GetStringAsync("/metrics")).Split('\n');
        return lines
            .Where(line => line.StartsWith("cacheorleans_redis_failures", StringComparison.Ordinal)
                && line.Contains(kind, StringComparison.Ordinal))
            .Sum(line => double.Parse(line.Split("} ")[1].Split(' ')[0], CultureInfo.InvariantCulture));
    }
}
