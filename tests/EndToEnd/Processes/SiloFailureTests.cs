using System.Diagnostics;
using CacheOrleans.Testing;
using CacheOrleans.Testing.Processes;

namespace CacheOrleans.EndToEnd.Processes;

/// <summary>Silos that crash, freeze, or lose their membership, with their own servers.</summary>
public sealed class SiloFailureTests : IAsyncLifetime
{
    /// <summary>The longest time of a request while its key's owner is being declared dead; detection takes 1 to 5
    /// s.</summary>
    private static readonly TimeSpan DetectionLimit = TimeSpan.FromSeconds(20);

    private readonly GarnetServer _redis = new();
    private readonly GarnetServer _membership = new();
    private readonly List<SiloProcess> _silos = [];
    private SiloSettings _settings = null!;

    public ValueTask InitializeAsync()
    {
        _redis.Start();
        _membership.Start();
        _settings = new SiloSettings
        {
            Redis = _redis.ConnectionString,
            Membership = _membership.ConnectionString,
            More = new() { ["MembershipGuard__Interval"] = "00:00:02" },
        };
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        _redis.Dispose();
        _membership.Dispose();
    }

    [Fact(Skip = LongRuns.Reason, SkipType = typeof(LongRuns), SkipUnless = nameof(LongRuns.AreWanted))]
    public async Task OneSiloCrashes_AnotherFreezes_ThirdAnswersEveryRequest()
    {
        var survivor = await StartAsync();
        var victims = new[] { ("KILL", await StartAsync()), ("STOP", await StartAsync()) };
        await SiloProcess.KnowEachOtherAsync(_silos);
        var entries = Enumerable.Range(0, 40).Select(i => $"home/entry?version={i + 1}").ToList();
        await Task.WhenAll(entries.Select(survivor.SourceAsync));

        foreach (var (signal, victim) in victims)
        {
            var silos = await survivor.ActiveSilosAsync();
            victim.Signal(signal);
            var start = Stopwatch.GetTimestamp();
            await Task.WhenAll(entries.Select(survivor.SourceAsync));

            var took = Stopwatch.GetElapsedTime(start);
            Assert.True(took < DetectionLimit, $"{signal} took {took}");
            await Eventually.TrueAsync(
                async () => await survivor.ActiveSilosAsync() == silos - 1, "the silo is declared dead");
        }
    }

    [Fact(Skip = LongRuns.Reason, SkipType = typeof(LongRuns), SkipUnless = nameof(LongRuns.AreWanted))]
    public async Task MembershipEmptied_SilosStopWithAMessage_AndFormOneClusterAgain()
    {
        var (first, second) = await StartTwoAsync();
        using (var admin = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync(
            $"{_membership.ConnectionString},allowAdmin=true"))
        {
            await admin.GetServers()[0].FlushAllDatabasesAsync();
        }

        foreach (var silo in new[] { first, second })
        {
            Assert.Equal(4, await silo.ExitAsync(TimeSpan.FromSeconds(90)));
            Assert.Contains("membership", silo.Output, StringComparison.OrdinalIgnoreCase);
        }

        var (third, fourth) = await StartTwoAsync();
        Assert.Equal(2, await third.ActiveSilosAsync());
        await fourth.SourceAsync("country/entry?code=KR");
    }

    private async Task<(SiloProcess First, SiloProcess Second)> StartTwoAsync()
    {
        var first = await StartAsync();
        var second = await StartAsync();
        await SiloProcess.KnowEachOtherAsync(first, second);
        return (first, second);
    }

    private async Task<SiloProcess> StartAsync()
    {
        var silo = await SiloProcess.StartAsync(_settings);
        _silos.Add(silo);
        return silo;
    }
}
