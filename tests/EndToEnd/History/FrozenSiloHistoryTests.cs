using System.Diagnostics;
using CacheOrleans.EndToEnd.Processes;
using CacheOrleans.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CacheOrleans.EndToEnd.History;

/// <summary>
/// Applications over three silos, each in its own process. One silo freezes for a while, and then another until the
/// others have declared it dead. Every read is answered, and no read that begins after an acknowledged change gets
/// an older value.
/// </summary>
/// <remarks>
/// <para>Documented exceptions are allowed: a silo that was declared dead may answer from its memory, from the moment
/// it resumes until it has exited; a change with an unknown outcome may be applied late; copies last for a near-lease.
/// Tags are not used: a frozen silo does not learn that a tag was invalidated.</para>
/// </remarks>
public sealed class FrozenSiloHistoryTests : IAsyncLifetime
{
    private readonly GarnetServer _redis = GarnetServer.Launch();
    private readonly GarnetServer _membership = GarnetServer.Launch();
    private readonly List<SiloProcess> _silos = [];
    private readonly List<IHost> _applications = [];
    private readonly List<(long Resumed, Task<long> Ended)> _resumed = [];

    public async ValueTask InitializeAsync()
    {
        var settings = new SiloSettings
        {
            Redis = _redis.ConnectionString,
            Membership = _membership.ConnectionString,
        };
        for (var i = 0; i < 3; i++)
        {
            _silos.Add(await SiloProcess.StartAsync(settings));
        }

        await SiloProcess.KnowEachOtherAsync(_silos);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var application in _applications)
        {
            await application.StopAsync();
            application.Dispose();
        }

        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        _redis.Dispose();
        _membership.Dispose();
    }

    [Theory(Skip = LongRuns.Reason, SkipType = typeof(LongRuns), SkipUnless = nameof(LongRuns.AreWanted))]
    [MemberData(nameof(Seeds.All), MemberType = typeof(Seeds))]
    public async Task Reads_AreNeverOlderThanAnAcknowledgedChange(int seed)
    {
        List<HistoryRow> rows = [.. HistoryRow.Range($"plain{seed}", 0, 12)];
        var history = new ClientHistory(
            seed,
            rows,
            [await JoinAsync("no copies", TimeSpan.Zero), await JoinAsync("copies", TimeSpan.FromSeconds(1))])
        {
            Database = new SlowDatabase(seed, rows) { Longest = TimeSpan.FromSeconds(1) },
            Record = new HistoryRecord { CopyBound = TimeSpan.FromSeconds(4) },
            ReadPause = TimeSpan.FromMilliseconds(150),
            UsesTags = false,
        };

        await history.RunAsync(async () =>
        {
            await history.ChangesAsync(30);
            _silos[2].Signal("STOP");
            await Latency.OfAsync(1500); // usually too short for the silo to be declared dead
            Resume(_silos[2]);
            await history.ChangesAsync(30);

            _silos[1].Signal("STOP");
            await Eventually.TrueAsync(
                async () => await _silos[0].ActiveSilosAsync() < _silos.Count, "the silo is declared dead");
            await history.ChangesAsync(30);
            Resume(_silos[1]);
            await Eventually.TrueAsync(() => _silos[1].HasExited, "the silo learns that it was declared dead");
            await history.ChangesAsync(30);
        });

        var zombies = _resumed
            .Where(silo => silo.Ended.IsCompletedSuccessfully)
            .Select(silo => (From: silo.Resumed, To: silo.Ended.Result))
            .ToList();
        Assert.NotEmpty(zombies);
        history.Check(offence => zombies.Exists(silo => offence.End > silo.From && offence.Begin < silo.To));
    }

    private void Resume(SiloProcess silo)
    {
        var now = Stopwatch.GetTimestamp();
        silo.Signal("CONT");
        _resumed.Add((now, EndAsync()));

        async Task<long> EndAsync()
        {
            await silo.ExitAsync(TimeSpan.FromMinutes(2));
            return Stopwatch.GetTimestamp();
        }
    }

    private async Task<HistoryClient> JoinAsync(string name, TimeSpan nearLease)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(
            [new("ConnectionStrings:Membership", _membership.ConnectionString)]);
        builder.Services.AddCacheOrleans(options =>
        {
            options.NearLease = nearLease;
            options.OperationTimeout = TimeSpan.FromSeconds(2);
        });
        var application = builder.Build();
        _applications.Add(application);
        await application.StartAsync();
        return HistoryClient.Of(name, application.Services);
    }
}
