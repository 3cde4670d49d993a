using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CacheOrleans.Testing;
using CacheOrleans.Testing.Processes;

namespace CacheOrleans.EndToEnd.Alerts;

/// <summary>Silos over a real Redis that send their alerts to a server in this process, in place of
/// Slack.</summary>
/// <remarks>The cooldown is the default of ten minutes: a failure is announced only once in a test.</remarks>
internal sealed partial class AlertCluster : IAsyncDisposable
{
    /// <summary>Two processes already show whether there is one alert for the cluster.</summary>
    private static readonly int Count = LongRuns.AreWanted ? 3 : 2;

    private readonly List<SiloProcess> _silos = [];
    private readonly GarnetServer _membership = new();

    private AlertCluster(RedisServer redis, SlackServer slack)
    {
        Redis = redis;
        Slack = slack;
    }

    public IReadOnlyList<SiloProcess> Silos => _silos;

    public RedisServer Redis { get; }

    public SlackServer Slack { get; }

    /// <summary>Starts the cluster, or skips the calling test if there is no Redis.</summary>
    public static async Task<AlertCluster> StartAsync()
    {
        var redis = RedisServer.TryLaunch();
        Assert.SkipWhen(redis is null, "There is no redis-server on this machine.");
        var cluster = new AlertCluster(redis, await SlackServer.LaunchAsync());
        try
        {
            await cluster.StartSilosAsync();
            return cluster;
        }
        catch
        {
            // Otherwise the silos would outlive the test. The exception is rethrown.
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in Enumerable.Reverse(_silos))
        {
            await silo.DisposeAsync();
        }

        await Slack.DisposeAsync();
        _membership.Dispose();
        Redis.Dispose();
    }

    public async Task<JsonNode> AlertsAsync() => await AlertsAsync(_silos.First(silo => !silo.HasExited));

    /// <summary>The caches whose reads or writes have failed on any silo, by counters that do not depend on alerts.
    /// </summary>
    public async Task<SortedSet<string>> FailedCachesAsync()
    {
        var metrics = await Task.WhenAll(_silos.Select(silo => silo.Http.GetStringAsync("/metrics")));
        return [.. metrics.SelectMany(text => Failures().Matches(text)).Select(match => match.Groups["cache"].Value)];
    }

    /// <summary>The silo that decides about alerts and delivers them.</summary>
    public async Task<SiloProcess> CoordinatorAsync()
    {
        var address = (string?)(await AlertsAsync())["coordinator"];
        foreach (var silo in _silos)
        {
            var silos = JsonNode.Parse(await silo.Http.GetStringAsync("/api/silos"))!.AsArray();
            if (silos.Any(node => (bool)node!["isThis"]! && (string?)node["address"] == address))
            {
                return silo;
            }
        }

        throw new InvalidOperationException($"No silo has the address {address}.");
    }

    private static async Task<JsonNode> AlertsAsync(SiloProcess silo) =>
        JsonNode.Parse(await silo.Http.GetStringAsync("/api/alerts"))!;

    private async Task StartSilosAsync()
    {
        _membership.Start();
        var settings = new SiloSettings
        {
            Redis = Redis.ConnectionString,
            Membership = _membership.ConnectionString,
            More = new()
            {
                ["Alerts__Slack__WebhookUrl"] = Slack.Url,
                ["Alerts__QuietPeriod"] = "00:00:03",
                ["Alerts__FlushInterval"] = "00:00:01",
                ["Breaker__BreakDuration"] = "00:00:02",
                ["Breaker__MaxBreakDuration"] = "00:00:04",
            },
        };
        for (var i = 0; i < Count; i++)
        {
            _silos.Add(await SiloProcess.StartAsync(settings));
        }

        await SiloProcess.KnowEachOtherAsync(_silos);
    }

    [GeneratedRegex(@"^cacheorleans_redis_failures_total\{.*cache=""(?<cache>[^""]+)""", RegexOptions.Multiline)]
    private static partial Regex Failures();
}
