using CacheOrleans.Alerts;
using CacheOrleans.Grains.Alerts;
using CacheOrleans.Grains.Tests.Breaker;
using CacheOrleans.Loading;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Grains.Tests.Alerts;

/// <summary>A cluster of silos in this process with the real breaker and real alerts. Their messages arrive in one
/// mailbox, and they share one fake clock.</summary>
internal sealed class AlertCluster : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    private BreakerCluster _cluster = null!;
    private List<AlertSiloHandle> _silos = [];

    public FakeTimeProvider Time => _cluster.Time;

    public AlertMailbox Mailbox { get; } = new();

    public FakeLoader Loader { get; } = new();

    /// <summary>Counts and blocks the reports to the coordinator of alerts.</summary>
    public ReportFilter Filter { get; } = new(typeof(IAlertCoordinator));

    public FakeLogCollector Log => _cluster.Log;

    /// <summary>The same silos, as the breaker sees them.</summary>
    public BreakerCluster Breaker => _cluster;

    public IReadOnlyList<AlertSiloHandle> Silos => _silos;

    public AlertSiloHandle this[int index] => _silos[index];

    public IGrainFactory Grains => _silos[0].Services.GetRequiredService<IGrainFactory>();

    /// <summary>The coordinator, called through a silo: the client may still try a silo that has stopped.</summary>
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

    /// <summary>Waits until no report is due or under way.</summary>
    public async Task CalmAsync()
    {
        var looks = 0;
        await Eventually.TrueAsync(() => (looks = IsCalm() ? looks + 1 : 0) == 2, "no report is due or under way");
    }

    /// <summary>Advances the clock by a few seconds at a time, so that every report that becomes due is
    /// answered.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= Step)
        {
            await CalmAsync();
            Time.Advance(left < Step ? left : Step);
        }

        await CalmAsync();
    }

    /// <summary>Advances the clock by a tenth of a second at a time until a condition holds.</summary>
    public Task UntilAsync(Func<bool> condition, string what) => Eventually.TrueAsync(
        () =>
        {
            Time.Advance(SiloAlerts.AnswerTimeout);
            return condition();
        },
        what);

    /// <summary>The messages that were decided, in order; each is listed before its report is answered.
    /// </summary>
    public async Task<IReadOnlyList<AlertNotice>> DecidedAsync()
    {
        await CalmAsync();
        var statistics = await Coordinator.GetStatsAsync();
        return [.. statistics.Decisions.Reverse().Select(decision => decision.Notice).OfType<AlertNotice>()];
    }

    /// <summary>Returns the decisions as short text.</summary>
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

    /// <summary>Kills the silo that hosts the coordinator.</summary>
    public Task KillCoordinatorAsync() => EndCoordinatorsSiloAsync(_cluster.KillCoordinatorAsync);

    /// <summary>Gracefully stops the silo that hosts the coordinator.</summary>
    public Task StopCoordinatorAsync() => EndCoordinatorsSiloAsync(_cluster.StopCoordinatorAsync);

    public async ValueTask DisposeAsync()
    {
        Filter.Release();
        Mailbox.Release();
        await _cluster.DisposeAsync();
    }

    /// <summary>Describes the state of each delivery, to help find a missing message.</summary>
    private async Task<string> DeliveriesAsync() => $"{Mailbox.Begun.Count} have begun: " + string.Join(
        "; ",
        (await Coordinator.GetStatsAsync()).Decisions.Select(decision =>
            $"{decision.Notice?.Kind} {string.Join(", ", decision.Deliveries)}"));

    private async Task EndCoordinatorsSiloAsync(Func<IAddressable, Task> end)
    {
        var coordinator = Coordinator;
        await end(coordinator);
        _silos = [.. _silos.Where(silo => _cluster.Silos.Contains(silo.Silo))];
    }

    private bool IsCalm() => _silos.All(silo => silo.IsCalm && silo.Silo.IsCalm);
}
