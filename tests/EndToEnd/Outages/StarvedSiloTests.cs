using System.Globalization;
using System.Net;
using CacheOrleans.EndToEnd.Processes;
using CacheOrleans.Testing;
using StackExchange.Redis;

namespace CacheOrleans.EndToEnd.Outages;

/// <summary>A silo that gets no processor time for a while, with a healthy Redis.</summary>
public sealed class StarvedSiloTests : IAsyncLifetime
{
    private const string Starved = "kind=\"Starved\"";

    /// <summary>Several caches in turn, because the breaker opens only on failures of several.</summary>
    private static readonly string[] Caches = ["home/entry?", "country/entry?code=KR&", "currency/entry?code=EUR&"];

    private readonly RedisServer? _redis = RedisServer.TryLaunch();
    private readonly GarnetServer _membership = new();
    private SiloProcess _silo = null!;
    private int _version;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(_redis is null, "There is no redis-server on this machine.");
        _membership.Start();
        _silo = await SiloProcess.StartAsync(new SiloSettings
        {
            Redis = _redis.ConnectionString,
            Membership = _membership.ConnectionString,
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        _membership.Dispose();
        _redis!.Dispose();
    }

    /// <remarks>Redis is paused for 150 ms each time, so that many calls are under way when the silo is paused. This is
    /// repeated until there were more late calls than open a breaker. On a busy machine some of 200 concurrent requests
    /// were counted as timeouts; the reason is not known.</remarks>
    [Theory]
    [InlineData(40)]
    [InlineData(200, Skip = LongRuns.Reason, SkipType = typeof(LongRuns), SkipUnless = nameof(LongRuns.AreWanted))]
    public async Task SiloPausedForTwoSeconds_BreakerStaysClosed(int atOnce)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{_redis!.ConnectionString},allowAdmin=true");
        await Task.WhenAll(Requests(100));

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
                return await CountAsync(Starved) > 20;
            },
            "more than twenty calls to Redis were late");

        Assert.Equal(0, await CountAsync("kind=\"Timeout\""));
        Assert.Equal(0, (int)(await OutageCluster.BreakerAsync(_silo))["openings"]!);
        Assert.DoesNotContain("Redis fails", _silo.Output, StringComparison.Ordinal);
        Assert.Contains("short of processor time", _silo.Output, StringComparison.Ordinal);
    }

    private IEnumerable<Task> Requests(int count) => Enumerable.Range(0, count).Select(_ =>
        AnswerAsync($"{Caches[++_version % Caches.Length]}version={_version}"));

    private async Task AnswerAsync(string entry)
    {
        using var response = await _silo.GetEntryAsync(entry);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private async Task<string?> StateAsync() => (string?)(await OutageCluster.BreakerAsync(_silo))["state"];

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
