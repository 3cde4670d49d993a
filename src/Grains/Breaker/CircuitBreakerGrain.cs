using CacheOrleans.Breaker;
using CacheOrleans.Grains.Coordination;
using Microsoft.Extensions.Options;
using Orleans.Placement;

namespace CacheOrleans.Grains.Breaker;

/// <summary>The coordinator: one <see cref="CircuitBreaker"/> for all silos.</summary>
/// <remarks>It persists nothing: the silos' reports carry its state, and a new activation adopts the state from them.
/// Its first push asks for reports; other calls wait until the silos have reported.</remarks>
[KeepAlive]
[Immovable]
internal sealed class CircuitBreakerGrain(
    IOptions<BreakerOptions> options,
    TimeProvider time,
    NewRandom newRandom,
    ActiveSilos<IBreakerService> silos,
    BreakerDiagnostics diagnostics,
    BreakerAlerts alerts)
    : Grain, ICircuitBreakerGrain, IBreakerCoordinator
{
    private readonly History<TimedTransition> _history = new();
    private readonly long _start = time.GetTimestamp();
    private CircuitBreaker _breaker = null!;
    private SiloReports _rollCall = null!;
    private CoordinatorVersion _pushed;

    private bool IsKnown => this.GetPrimaryKeyString() == ICircuitBreakerGrain.Redis;

    private TimeSpan Now => time.GetElapsedTime(_start);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _breaker = new CircuitBreaker(options.Value, newRandom(), Now);
        _rollCall = new SiloReports(silos.Names, time);
        if (IsKnown)
        {
            Publish(_breaker.Snapshot(Now), transition: null);
        }

        return Task.CompletedTask;
    }

    public async Task<BreakerAnswer> ReportAsync(BreakerReport report)
    {
        ThrowIfKeyIsBad();
        if (report.Known.Version == default)
        {
            // The silo joins, and begins to serve with this answer. A new coordinator must not answer from a state that
            // it has not adopted yet.
            _rollCall.OnReport(report.Silo);
            await _rollCall.CompleteAsync();
        }

        var (answer, transition) = _breaker.Report(Now, report);
        Publish(answer.Snapshot, transition);
        _rollCall.OnReport(report.Silo);
        return answer;
    }

    public async Task<BreakerStatistics> GetStatsAsync()
    {
        await ReadyAsync();
        var evidence = _breaker.Evidence(Now);
        return new BreakerStatistics(
            _breaker.Snapshot(Now),
            evidence.Failures,
            evidence.Names,
            [.. evidence.Silos.Where(silo => silo.IsFailing).Select(silo => silo.Silo)],
            evidence.SinceLastFailure,
            evidence.Openings,
            _history.Latest,
            evidence.Silos,
            GrainContext.Address.SiloAddress!.ToParsableString());
    }

    public async Task<BreakerOptions> UpdateSettingsAsync(BreakerChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        await ReadyAsync();
        var changed = change.ApplyTo(_breaker.Snapshot(Now).Settings);
        var errors = changed.Check();
        if (errors.Count > 0)
        {
            throw new BreakerSettingsException(errors);
        }

        _breaker.Change(changed);
        Publish(_breaker.Snapshot(Now), transition: null);
        return changed;
    }

    public Task IsolateAsync(string? by = null) => ChangeAsync(breaker => breaker.Isolate(Now, by));

    public Task CloseAsync(string? by = null) => ChangeAsync(breaker => breaker.Close(Now, by));

    public Task DisableAsync(string? by = null) => ChangeAsync(breaker => breaker.Disable(Now, by));

    private async Task ChangeAsync(Func<CircuitBreaker, BreakerTransition?> change)
    {
        await ReadyAsync();
        var transition = change(_breaker);
        Publish(_breaker.Snapshot(Now), transition);
    }

    private void Publish(BreakerSnapshot snapshot, BreakerTransition? transition)
    {
        var at = time.GetUtcNow();
        if (snapshot.Version != _pushed)
        {
            _pushed = snapshot.Version;
            silos.Push(silo => silo.ApplyAsync(snapshot));
        }

        if (transition is not null)
        {
            diagnostics.OnTransition(transition);
            alerts.OnTransition(transition);
            _history.Add(new TimedTransition(at, transition));
        }
    }

    private Task ReadyAsync()
    {
        ThrowIfKeyIsBad();
        return _rollCall.CompleteAsync();
    }

    private void ThrowIfKeyIsBad()
    {
        if (!IsKnown)
        {
            DeactivateOnIdle();
            throw new ArgumentException(
                $"There is no circuit breaker '{this.GetPrimaryKeyString()}'; "
                    + $"the only one is '{ICircuitBreakerGrain.Redis}'.");
        }
    }
}
