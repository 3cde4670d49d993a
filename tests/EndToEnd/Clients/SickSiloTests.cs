using System.Diagnostics;
using System.Text.Json.Nodes;
using CacheOrleans.ClientProcess;
using CacheOrleans.EndToEnd.Processes;
using CacheOrleans.Testing;
using CacheOrleans.Testing.Processes;

namespace CacheOrleans.EndToEnd.Clients;

/// <summary>One of three silos freezes, leaves or is killed. A frozen silo accepts connections and does not answer.
/// </summary>
[Collection(nameof(ThreeSilos))]
public sealed class SickSiloTests(ThreeSilos shared)
{
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(6);

    private static int _tests;

    /// <summary>Keys that no other test has used: they have no owners yet.</summary>
    private int[] Keys { get; } = [.. Enumerable.Range((1000 * Interlocked.Increment(ref _tests)) + 1, 90)];

    private ThreeSilos _cluster = null!;
    private ClientProcess _client = null!;

    private SiloProcess Sick => _cluster.Silos[1];

    [Fact]
    public async Task SiloFreezes_KeysOfOtherSilos_AreReadAsBefore()
    {
        await UseAsync(shared);
        await FreezeAsync(() => { });
    }

    [Fact(Skip = LongRuns.Reason, SkipType = typeof(LongRuns), SkipUnless = nameof(LongRuns.AreWanted))]
    public async Task SiloFreezesAndMembershipDies_KeysOfOtherSilos_AreReadAsBefore()
    {
        await using var own = await StartAsync();
        await UseAsync(own);
        await FreezeAsync(own.Membership.Stop);
    }

    [Theory(Skip = LongRuns.Reason, SkipType = typeof(LongRuns), SkipUnless = nameof(LongRuns.AreWanted))]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public async Task SiloLeaves_KeysOfOtherSilos_AreReadAsBefore(string signal)
    {
        await UseAsync(shared);
        var healthy = await HealthyAsync();

        Sick.Signal(signal);
        var reports = await WatchAsync(healthy);

        AssertAsBefore(reports);
    }

    /// <summary>Without a limit each silo wrote about 10 KB a second.</summary>
    [Fact(Skip = LongRuns.Reason, SkipType = typeof(LongRuns), SkipUnless = nameof(LongRuns.AreWanted))]
    public async Task SiloAndMembershipDie_OtherSilosAndTheClient_LogBriefly()
    {
        await using var own = await StartAsync();
        await UseAsync(own);
        await HealthyAsync();
        own.Membership.Stop();
        Sick.Signal("KILL");

        for (var part = 0; part < 5; part++)
        {
            await WatchAsync(Keys);
        }

        AssertShort(own.Silos[0].Output);
        AssertShort(own.Silos[2].Output);
        AssertShort(_client.Log);
        own.Silos[0].Signal("KILL");
        own.Silos[2].Signal("KILL");
        for (var part = 0; part < 5; part++)
        {
            await WatchAsync(Keys);
        }

        AssertShort(_client.Log);
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

    private static async Task<ThreeSilos> StartAsync()
    {
        var cluster = new ThreeSilos();
        await cluster.InitializeAsync();
        return cluster;
    }

    private async Task UseAsync(ThreeSilos cluster)
    {
        _cluster = cluster;
        await cluster.RepairAsync();
        _client = (await cluster.ClientsAsync(1))[0];
    }

    private async Task FreezeAsync(Action meanwhile)
    {
        var healthy = await HealthyAsync();

        meanwhile();
        Sick.Signal("STOP");
        var reports = await WatchAsync(healthy);
        Sick.Signal("CONT");

        AssertAsBefore(reports);
        await Eventually.TrueAsync(
            async () => await ReadAsync(Keys) is { Runs: 0 } report && report.Errors.All(error => error is null),
            "the keys of all silos are read");
    }

    private void AssertAsBefore(List<Report> reports)
    {
        Assert.True(reports.Count > 1);
        Assert.All(reports.SelectMany(report => report.Errors), Assert.Null);
        Assert.True(
            reports.All(report => report.Runs == 0),
            $"{reports.Sum(report => report.Runs)} loads; the client has logged:\n{_client.Log}");
    }

    private async Task<List<Report>> WatchAsync(int[] keys)
    {
        var start = Stopwatch.GetTimestamp();
        List<Report> reports = [];
        while (Stopwatch.GetElapsedTime(start) < Watched)
        {
            var report = await ReadAsync(keys);
            reports.Add(report);
            if (report.Runs > 0 || report.SlowestMilliseconds > 500)
            {
                TestContext.Current.TestOutputHelper?.WriteLine(
                    $"{Stopwatch.GetElapsedTime(start)} runs {report.Runs} slowest {report.SlowestMilliseconds:0}");
            }
        }

        return reports;
    }

    /// <summary>Reads without using copies.</summary>
    private Task<Report> ReadAsync(IReadOnlyList<int> keys) =>
        _client.DoAsync(new(0, Value: "loaded", Action: "read", Keys: keys));

    /// <summary>Creates the owners of the keys, each with a value and known to all silos, and returns the keys of the
    /// silos that stay healthy.</summary>
    /// <remarks>A silo that does not know where an owner is must ask another silo, which may be the failing
    /// one.</remarks>
    private async Task<int[]> HealthyAsync()
    {
        var management = _cluster.Grains.GetGrain<IManagementGrain>(0);
        List<ICacheEntryGrain> entries =
            [.. Keys.Select(key => _cluster.Grains.GetGrain<ICacheEntryGrain>($"thing/v1?id={key}"))];
        SiloAddress?[] owners = [];
        await Eventually.TrueAsync(
            async () =>
            {
                await ReadAsync(Keys);
                owners = await Task.WhenAll(entries.Select(entry => management.GetActivationAddress(entry).AsTask()));
                return owners.All(owner => owner is not null) && (await ReadAsync(Keys)).Runs == 0;
            },
            "all values are readable");
        await Task.WhenAll(Enumerable.Range(0, 64).Select(batch => _cluster.Grains.GetGrain<ICacheBatchGrain>(batch)
            .RenewAsync([.. Keys.Select(key => $"thing/v1?id={key}")], new Guid[Keys.Length])));
        var sick = await SickAddressAsync();
        int[] healthy = [.. Keys.Zip(owners).Where(pair => !pair.Second!.Equals(sick)).Select(pair => pair.First)];
        Assert.InRange(healthy.Length, 1, Keys.Length - 1);
        return healthy;
    }

    private async Task<SiloAddress> SickAddressAsync()
    {
        var silos = JsonNode.Parse(await Sick.Http.GetStringAsync("/api/silos"))!.AsArray();
        return SiloAddress.FromParsableString((string)silos.Single(node => (bool)node!["isThis"]!)!["address"]!);
    }
}
