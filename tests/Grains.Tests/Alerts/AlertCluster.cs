using CacheOrleans.Alerts;
using CacheOrleans.Grains.Alerts;
using CacheOrleans.Grains.Tests.Breaker;
using CacheOrleans.Loading;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Grains.Tests.Alerts;

/// <summary>A cluster of silos in this process with the real breaker and real alerts, whose messages arrive in one
/// mailbox, under one fake clock.</summary>
internal sealed class AlertCluster : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    private BreakerCluster _cluster = null!;
    private List<AlertSiloHandle> _silos = [];

    public FakeTimeProvider Time => _cluster.Time;

    public AlertMailbox Mailbox { get; } = new();

    public FakeLoader Loader { get; } = new();

    /// <summary>Counts and holds up the reports to the coordinator of alerts.</summary>
    public ReportFilter Filter { get; } = new(typeof(IAlertCoordinator));

    public LogRecorder Log => _cluster.Log;

    /// <summary>The same silos, as the breaker sees them.</summary>
    public BreakerCluster Breaker => _cluster;

    public IReadOnlyList<AlertSiloHandle> Silos => _silos;

    public AlertSiloHandle this[int index] => _silos[index];

    public IGrainFactory Grains => _silos[0].Services.GetRequiredService<IGrainFactory>();

    /// <summary>The coordinator, by way of a silo: the client may still try one that has stopped.</summary>
    public IAlertThrottleGrain Coordinator => Grains.GetGrain<IAlertThrottleGrain>(IAlertThrottleGrain.Key);

    /// <summary>Starts silos; settings are <c>Alerts:MaxKeys</c> and the like.</summary>
    public static Task<AlertCluster> StartAsync(int silos, params (string Path, string Value)[] settings) =>
        StartAsync(silos, configure: null, settings);

    public static async Task<AlertCluster> StartAsync(
        int silos, Action<ISiloBuilder>? configure, params (string Path, string Value)[] settings)
    {
        var cluster = new AlertCluster();
        cluster._cluster = await BreakerCluster.StartAsync(silos, settings, silo =>
        {
            silo.Services.AddSingleton(services =>
                cluster.Mailbox.Channel(services.GetRequiredService<ILocalSiloDetails>().SiloAddress));
            silo.Services.AddSingleton<IIncomingGrainCallFilter>(cluster.Filter);
            silo.Services.AddSingleton(new LoaderRegistration("user"));
            silo.Services.AddKeyedSingleton<ICacheLoader>("user", cluster.Loader);
            configure?.Invoke(silo);
        });
        cluster._silos = [.. cluster._cluster.Silos.Select(silo => new AlertSiloHandle(silo))];
        await cluster.CalmAsync();
        return cluster;
    }

    /// <summary>Waits until no report is due, nor any under way.</summary>
    public async Task CalmAsync()
    {
        var looks = 0;
        await Eventually.TrueAsync(() => (looks = IsCalm() ? looks + 1 : 0) == 2, "no report is due or under way");
    }

    /// <summary>Lets time pass, a few seconds at once; every report that becomes due is answered.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= Step)
        {
            await CalmAsync();
            Time.Advance(left < Step ? left : Step);
        }

        await CalmAsync();
    }

    /// <summary>Waits until a condition holds while time passes, a tenth of a second at once.</summary>
    public Task UntilAsync(Func<bool> condition, string what) => Eventually.TrueAsync(
        () =>
        {
            Time.Advance(SiloAlerts.AnswerTimeout);
            return condition();
        },
        what);

    /// <summary>The messages that were decided, in order; each is there before the report that led to it is answered.
    /// </summary>
    public async Task<IReadOnlyList<AlertNotice>> DecidedAsync()
    {
        await CalmAsync();
        var statistics = await Coordinator.GetStatsAsync();
        return [.. statistics.Decisions.Reverse().Select(decision => decision.Notice).OfType<AlertNotice>()];
    }

    /// <summary>What was decided, in short.</summary>
    public async Task<string> StoryAsync() =>
        string.Join(", ", (await DecidedAsync()).Select(notice => $"{notice.Key.Name} {notice.Kind}"));

    /// <summary>Waits until a number of messages have arrived.</summary>
    public async Task<IReadOnlyList<AlertNotice>> ArrivedAsync(int count)
    {
        try
        {
            await Eventually.TrueAsync(() => Mailbox.Messages.Count >= count, $"{count} messages have arrived");
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{Mailbox.Messages.Count} of {count} messages have arrived; {await DeliveriesAsync()}");
        }

        return Mailbox.Messages;
    }

    /// <summary>Takes away the silo that has the coordinator.</summary>
    public Task KillCoordinatorAsync() => WithoutItsSiloAsync(_cluster.KillCoordinatorAsync);

    /// <summary>Stops the silo that has the coordinator, as a silo stops in order.</summary>
    public Task StopCoordinatorAsync() => WithoutItsSiloAsync(_cluster.StopCoordinatorAsync);

    public async ValueTask DisposeAsync()
    {
        Filter.Release();
        Mailbox.Release();
        await _cluster.DisposeAsync();
    }

    /// <summary>What has become of each decision, for who looks for a message that is missing.</summary>
    private async Task<string> DeliveriesAsync() => $"{Mailbox.Begun.Count} have begun: " + string.Join(
        "; ",
        (await Coordinator.GetStatsAsync()).Decisions.Select(decision =>
            $"{decision.Notice?.Kind} {string.Join(", ", decision.Deliveries)}"));

    private async Task WithoutItsSiloAsync(Func<IAddressable, Task> end)
    {
        var coordinator = Coordinator;
        await end(coordinator);
        _silos = [.. _silos.Where(silo => _cluster.Silos.Contains(silo.Silo))];
    }

    private bool IsCalm() => _silos.All(silo => silo.IsCalm && silo.Silo.IsCalm);
}
