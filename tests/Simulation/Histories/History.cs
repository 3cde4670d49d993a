using CacheOrleans.Simulation.Cluster;

namespace CacheOrleans.Simulation.Histories;

/// <summary>Does what a plan says, and checks every promise.</summary>
internal sealed class History
{
    /// <summary>How long callers may wait for an answer after all faults have ended: fallbacks that hang end after 30
    /// s, and a caller may wait for several.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    private readonly Plan _plan;
    private readonly SimulatedCluster _cluster;
    private readonly Workload _workload;
    private readonly FaultInjector _faults;
    private TimeSpan _doneAt;
    private TimeSpan _nextLook;

    public History(
        Plan plan, IServiceProvider root, GrainFactories factories, Sabotage sabotage, Action<string>? log)
    {
        _plan = plan;
        _cluster = new SimulatedCluster(plan, root, factories, sabotage, log);
        _workload = new Workload(plan, _cluster);
        _faults = new FaultInjector(_cluster);
    }

    /// <summary>Runs the history.</summary>
    /// <exception cref="ViolationException">A promise did not hold.</exception>
    public HistoryResult Run()
    {
        using var checks = new ReadChecks(Coherence.CopyBound(_plan));
        var driver = new Driver(_cluster.Scheduler, IsOver);
        driver.Run(Begin);
        Coordination.Check(_plan, _cluster);
        if (checks.FalseAlarm is { } alarm)
        {
            throw new ViolationException(alarm);
        }

        foreach (var client in _cluster.Clients)
        {
            client.Forget();
        }

        foreach (var silo in _cluster.Silos)
        {
            silo.Forget();
        }

        return new(_workload.Digest, _cluster.Scheduler.Count, _workload.Calls, _workload.Loads, checks.Counts);
    }

    private void Begin()
    {
        foreach (var options in _plan.Clients)
        {
            _cluster.AddClient(options);
        }

        for (var i = 0; i < _plan.Silos; i++)
        {
            _cluster.AddSilo(ClockSkew());
        }

        foreach (var step in _plan.Steps)
        {
            if (step.Kind <= StepKind.RemoveTag)
            {
                var client = _cluster.Clients[step.Node % _cluster.Clients.Count];
                _cluster.Scheduler.After(
                    Workload.Warmup + step.At, client, _ => _workload.Begin(step, client));
            }
            else
            {
                _cluster.Scheduler.After(Workload.Warmup + step.At, node: null, _ => _faults.Begin(step));
            }
        }

        _doneAt = Workload.Warmup + (_plan.Steps.Count > 0 ? _plan.Steps[^1].At : TimeSpan.Zero);
        if (_plan.Faults != Faults.None)
        {
            _doneAt += FaultInjector.Longest;
            _cluster.Scheduler.After(_doneAt, node: null, _ => _faults.EndAll());
        }
    }

    /// <summary>Returns how far the clock of a silo is off, in histories in which nothing is promised by comparing
    /// clocks: entries stay with their owners, and no tag ends.</summary>
    private TimeSpan ClockSkew() => _plan.Seed % 4 == 1 && (_plan.Faults & ~(Faults.Network | Faults.Redis)) == 0
        && _plan.Steps.All(step => step.Kind != StepKind.RemoveTag)
        ? _cluster.Scheduler.Between(TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(1))
        : TimeSpan.Zero;

    /// <summary>Whether every call has its answer, and what the calls left has settled.</summary>
    private bool IsOver()
    {
        if (_workload.Violation is { } violation)
        {
            throw violation;
        }

        var now = _cluster.Scheduler.Now;
        if (now < _doneAt)
        {
            return false;
        }

        if (_workload.Open > 0)
        {
            return now < _doneAt + Patience
                ? false
                : throw new ViolationException($"{_workload.Open} calls have no answer: {_workload.OpenNames}.");
        }

        if (now < _nextLook || _workload.LastEnd + Settling > now)
        {
            return false;
        }

        _nextLook = now + TimeSpan.FromSeconds(1);
        var left = Leaks.Find(_cluster);
        return left is null || now < _workload.LastEnd + Patience
            ? left is null
            : throw new ViolationException($"After {Patience}, {left}.");
    }
}

/// <summary>What a history without a violation was.</summary>
/// <param name="Digest">Depends on everything that the callers saw, and when.</param>
/// <param name="Events">How many events happened.</param>
/// <param name="Calls">How many calls the clients made.</param>
/// <param name="Loads">How many fallbacks ran.</param>
/// <param name="Checks">What clients counted about the coherence of their reads.</param>
internal sealed record HistoryResult(ulong Digest, long Events, int Calls, int Loads, CheckCounts Checks);
