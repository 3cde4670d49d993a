using System.Diagnostics;
using CacheOrleans.ClientProcess;
using CacheOrleans.Testing;

namespace CacheOrleans.EndToEnd.Clients;

/// <summary>One of three silos freezes: it accepts connections and does not answer.</summary>
public sealed class SickSiloTests
{
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(6);

    private static readonly int[] Keys = [.. Enumerable.Range(1, 90)];

    [Theory]
    [InlineData(false)]
    [InlineData(true, Skip = LongRuns.Reason, SkipType = typeof(LongRuns), SkipUnless = nameof(LongRuns.AreWanted))]
    public async Task SiloFreezes_KeysOfOtherSilos_AreReadAsBefore(bool membershipDies)
    {
        await using var cluster = await SickSiloCluster.StartAsync();
        var owners = await cluster.OwnersAsync(Keys);
        var sick = cluster.Silos[1];
        int[] healthy = [.. owners.Where(group => group.Key != sick).SelectMany(group => group)];
        Assert.InRange(healthy.Length, 1, Keys.Length - 1);

        if (membershipDies)
        {
            cluster.Membership.Stop();
        }

        sick.Signal("STOP");
        var reports = await WatchAsync(cluster, healthy);
        sick.Signal("CONT");

        AssertAsBefore(cluster, reports);
        await Eventually.TrueAsync(
            async () => await cluster.ReadAsync(Keys) is { Runs: 0 } report && report.Errors.All(e => e is null),
            "the keys of all silos are read");
    }

    [Theory(Skip = LongRuns.Reason, SkipType = typeof(LongRuns), SkipUnless = nameof(LongRuns.AreWanted))]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public async Task SiloLeaves_KeysOfOtherSilos_AreReadAsBefore(string signal)
    {
        await using var cluster = await SickSiloCluster.StartAsync();
        var owners = await cluster.OwnersAsync(Keys);
        int[] healthy = [.. owners.Where(group => group.Key != cluster.Silos[1]).SelectMany(group => group)];

        cluster.Silos[1].Signal(signal);
        var reports = await WatchAsync(cluster, healthy);

        AssertAsBefore(cluster, reports);
    }

    /// <summary>Without a limit each silo wrote about 10 KB a second.</summary>
    [Fact(Skip = LongRuns.Reason, SkipType = typeof(LongRuns), SkipUnless = nameof(LongRuns.AreWanted))]
    public async Task SiloAndMembershipDie_OtherSilosAndTheClient_LogBriefly()
    {
        await using var cluster = await SickSiloCluster.StartAsync();
        await cluster.OwnersAsync(Keys);
        cluster.Membership.Stop();
        cluster.Silos[1].Signal("KILL");

        for (var part = 0; part < 5; part++)
        {
            await WatchAsync(cluster, Keys);
        }

        AssertShort(cluster.Silos[0].Output);
        AssertShort(cluster.Silos[2].Output);
        AssertShort(cluster.Client.Log);
        cluster.Silos[0].Signal("KILL");
        cluster.Silos[2].Signal("KILL");
        for (var part = 0; part < 5; part++)
        {
            await WatchAsync(cluster, Keys);
        }

        AssertShort(cluster.Client.Log);
    }

    private static void AssertShort(string log)
    {
        var kinds = log.Split('\n')
            .Where(line => line is ['w', 'a', 'r', 'n', ':', ..] or ['f', 'a', 'i', 'l', ':', ..])
            .CountBy(line => line)
            .ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{log.Length} characters, {kinds.Sum(kind => kind.Value)} lines");
        Assert.All(kinds, kind => Assert.True(kind.Value <= 6, $"{kind.Value} times {kind.Key}\n{log}"));
        Assert.InRange(log.Length, 1, 40_000);
    }

    private static void AssertAsBefore(SickSiloCluster cluster, List<Report> reports)
    {
        Assert.True(reports.Count > 1);
        Assert.All(reports.SelectMany(report => report.Errors), Assert.Null);
        Assert.True(
            reports.All(report => report.Runs == 0),
            $"{reports.Sum(report => report.Runs)} loads; the client has logged:\n{cluster.Client.Log}");
    }

    private static async Task<List<Report>> WatchAsync(SickSiloCluster cluster, int[] keys)
    {
        var start = Stopwatch.GetTimestamp();
        List<Report> reports = [];
        while (Stopwatch.GetElapsedTime(start) < Watched)
        {
            var report = await cluster.ReadAsync(keys);
            reports.Add(report);
            if (report.Runs > 0 || report.SlowestMilliseconds > 500)
            {
                TestContext.Current.TestOutputHelper?.WriteLine(
                    $"{Stopwatch.GetElapsedTime(start)} runs {report.Runs} slowest {report.SlowestMilliseconds:0}");
            }
        }

        return reports;
    }
}
