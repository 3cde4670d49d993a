using System.Security.Cryptography;
using CacheOrleans.Breaker;
using Microsoft.Extensions.Options;
using Orleans.Placement;

namespace CacheOrleans.Grains.Breaker;

/// <summary>The coordinator: one <see cref="CircuitBreaker"/> for all silos.</summary>
/// <remarks>It keeps nothing elsewhere: the silos carry its state in their reports, and a new activation learns it from
/// them.</remarks>
[KeepAlive]
[Immovable]
internal sealed class CircuitBreakerGrain(
    IOptions<BreakerOptions> options, TimeProvider time, BreakerClient silos, BreakerDiagnostics diagnostics)
    : Grain, ICircuitBreakerGrain, IBreakerCoordinator
{
    private readonly TransitionHistory _history = new();
    private readonly long _start = time.GetTimestamp();
    private CircuitBreaker _breaker = null!;
    private BreakerVersion _pushed;

    private TimeSpan Now => time.GetElapsedTime(_start);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var random = new Random(RandomNumberGenerator.GetInt32(int.MaxValue));
        _breaker = new CircuitBreaker(options.Value, random, Now);
        _pushed = _breaker.Snapshot(Now).Version;
        return Task.CompletedTask;
    }

    public Task<BreakerAnswer> ReportAsync(BreakerReport report)
    {
        ThrowIfKeyIsBad();
        var (answer, transition) = _breaker.Report(Now, report);
        Publish(answer.Snapshot, transition);
        return Task.FromResult(answer);
    }

    public Task<BreakerStatistics> GetStatsAsync()
    {
        ThrowIfKeyIsBad();
        var evidence = _breaker.Evidence(Now);
        return Task.FromResult(new BreakerStatistics(
            _breaker.Snapshot(Now),
            evidence.Failures,
            evidence.Names,
            [.. evidence.Silos.Where(silo => silo.IsFailing).Select(silo => silo.Silo)],
            evidence.SinceLastFailure,
            evidence.Openings,
            _history.Latest,
            evidence.Silos,
            GrainContext.Address.SiloAddress!.ToParsableString()));
    }

    public Task<BreakerOptions> UpdateSettingsAsync(BreakerChange change)
    {
        ThrowIfKeyIsBad();
        ArgumentNullException.ThrowIfNull(change);
        var changed = change.ApplyTo(_breaker.Snapshot(Now).Settings);
        var errors = changed.Check();
        if (errors.Count > 0)
        {
            throw new BreakerSettingsException(errors);
        }

        _breaker.Change(changed);
        Publish(_breaker.Snapshot(Now), transition: null);
        return Task.FromResult(changed);
    }

    public Task IsolateAsync() => ByHand(breaker => breaker.Isolate(Now));

    public Task CloseAsync() => ByHand(breaker => breaker.Close(Now));

    public Task DisableAsync() => ByHand(breaker => breaker.Disable(Now));

    private Task ByHand(Func<CircuitBreaker, BreakerTransition?> change)
    {
        ThrowIfKeyIsBad();
        var transition = change(_breaker);
        Publish(_breaker.Snapshot(Now), transition);
        return Task.CompletedTask;
    }

    private void Publish(BreakerSnapshot snapshot, BreakerTransition? transition)
    {
        if (snapshot.Version != _pushed)
        {
            _pushed = snapshot.Version;
            silos.Push(snapshot);
        }

        if (transition is not null)
        {
            diagnostics.OnTransition(transition);
            _history.Add(time.GetUtcNow(), transition);
        }
    }

    private void ThrowIfKeyIsBad()
    {
        var key = this.GetPrimaryKeyString();
        if (key != ICircuitBreakerGrain.Redis)
        {
            DeactivateOnIdle();
            throw new ArgumentException(
                $"There is no backend '{key}' with a circuit breaker; there is one, '{ICircuitBreakerGrain.Redis}'.");
        }
    }
}
