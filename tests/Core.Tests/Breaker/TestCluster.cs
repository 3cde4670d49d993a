using CacheOrleans.Breaker;
using CacheOrleans.Storage;

namespace CacheOrleans.Core.Tests.Breaker;

/// <summary>A coordinator, and silos whose messages reach it at once, on one clock that the test moves.</summary>
internal sealed class TestCluster
{
    public static readonly BreakerOptions Exact = new() { Jitter = 0 };

    private readonly BreakerOptions _settings;

    public TestCluster(int silos, BreakerOptions? settings = null)
    {
        _settings = settings ?? Exact;
        Coordinator = new CircuitBreaker(_settings, new Random(1), Now);
        Silos = [.. Enumerable.Range(0, silos).Select(NewSilo)];
        ReportAll();
    }

    public CircuitBreaker Coordinator { get; private set; }

    public List<SiloBreaker> Silos { get; }

    public List<BreakerTransition> Transitions { get; } = [];

    public TimeSpan Now { get; private set; } = TimeSpan.FromDays(3);

    public BreakerState State => Coordinator.State;

    /// <summary>Whether a probe of the silo succeeds while the clock runs; if null, probes do not end.</summary>
    public Func<SiloBreaker, bool>? Reaches { get; set; }

    public SiloBreaker Join()
    {
        Silos.Add(NewSilo(Silos.Count));
        Report(Silos[^1]);
        return Silos[^1];
    }

    public void Restart() => Coordinator = new CircuitBreaker(_settings, new Random(2), Now);

    public void Advance(TimeSpan time) => Now += time;

    /// <summary>Moves the clock, and lets each silo report whenever it is due.</summary>
    public void Run(TimeSpan time)
    {
        var end = Now + time;
        while (Silos.Min(silo => silo.NextReport) is var due && due <= end)
        {
            Now = due > Now ? due : Now;
            foreach (var silo in Silos.Where(silo => silo.NextReport <= Now))
            {
                if (Report(silo) is { } permit && Reaches is not null)
                {
                    silo.OnProbed(Now, permit, Reaches(silo));
                }
            }
        }

        Now = end;
    }

    /// <summary>Makes the silo report now; returns its permit for a probe, if it gets one.</summary>
    public SiloPermit? Report(SiloBreaker silo)
    {
        var report = silo.Report(Now);
        var decision = Coordinator.Report(Now, report);
        Keep(decision.Transition);
        if (decision.Transition is not null)
        {
            Push();
        }

        var own = silo.OnAnswer(Now, report, decision.Answer);
        Keep(own.Transition);
        return own.Permit;
    }

    public void ReportAll() => Silos.ForEach(silo => Report(silo));

    public void Push() => Silos.ForEach(silo => silo.OnPush(Now, Coordinator.Snapshot(Now)));

    /// <summary>Lets calls of a silo fail, by default for two caches in turn; each is reported at once.</summary>
    public void Fail(SiloBreaker silo, int times, params string[] caches)
    {
        caches = caches is [] ? ["user", "order"] : caches;
        for (var i = 0; i < times; i++)
        {
            if (silo.View.Admits)
            {
                silo.OnFailure(Now, Pass(silo), StoreOperation.Read, caches[i % caches.Length]);
            }

            Report(silo);
        }
    }

    public void Succeed(SiloBreaker silo, StoreOperation operation = StoreOperation.Read)
    {
        if (silo.View.Admits)
        {
            silo.OnSuccess(Now, Pass(silo), operation);
        }
    }

    /// <summary>Opens the breaker with failures in every silo.</summary>
    public void Trip()
    {
        for (var i = 0; i < _settings.FailureThreshold && State == BreakerState.Closed; i++)
        {
            Fail(Silos[i % Silos.Count], 1, i % 2 == 0 ? "user" : "order");
        }

        Assert.Equal(BreakerState.Open, State);
    }

    /// <summary>Waits until the break is over, and probes with the same result until the state changes.</summary>
    public void Probe(bool isSuccess)
    {
        Run(Coordinator.Snapshot(Now).TimeLeft ?? TimeSpan.Zero);
        ReportAll();
        for (var i = 0; i < 100 && State == BreakerState.HalfOpen; i++)
        {
            foreach (var silo in Silos)
            {
                if (Report(silo) is { } permit)
                {
                    silo.OnProbed(Now, permit, isSuccess);
                    Report(silo);
                }
            }
        }
    }

    public static BreakerPass Pass(SiloBreaker silo) => new(silo.View.Generation);

    private SiloBreaker NewSilo(int i) => new($"silo-{i}", _settings, new Random(i), Now);

    private void Keep(BreakerTransition? transition)
    {
        if (transition is not null)
        {
            Transitions.Add(transition);
        }
    }
}
