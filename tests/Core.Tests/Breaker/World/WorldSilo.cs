using CacheOrleans.Breaker;
using CacheOrleans.Storage;

namespace CacheOrleans.Core.Tests.Breaker.World;

/// <summary>A silo with its own clock and the loop that reports, checked after each of its actions.</summary>
internal sealed class WorldSilo
{
    /// <summary>The limit on average; several reports in a row may be sent at once.</summary>
    private const int MostReportsASecond = 60;

    private static readonly TimeSpan Average = TimeSpan.FromSeconds(5);

    private readonly BreakerWorld _world;
    private readonly TimeSpan _offset;
    private readonly SiloBreaker _breaker;
    private readonly Queue<TimeSpan> _sent = new();
    private readonly List<BreakerPass> _begun = [];
    private BreakerReport? _awaited;
    private bool _isProbing;
    private TimeSpan? _wakeAt;
    private TimeSpan _lastSent;
    private CoordinatorVersion _version;
    private BreakerView _view;

    public WorldSilo(BreakerWorld world, string name, BreakerOptions settings, int seed, TimeSpan offset)
    {
        _world = world;
        Name = name;
        _offset = offset;
        _lastSent = Now;
        _breaker = new SiloBreaker(name, settings, new Random(seed), Now);
        _view = _breaker.View;
        Wake();
    }

    public string Name { get; }

    public bool IsDead { get; private set; }

    /// <summary>The one of two coordinators that it reports to.</summary>
    public int Side { get; set; }

    /// <summary>Whether it cannot reach the store.</summary>
    public bool IsSick { get; set; }

    public BreakerReport? LastReport { get; private set; }

    public BreakerView View => _breaker.View;

    public BreakerSnapshot Known => _breaker.Known(Now);

    private TimeSpan Now => _world.Now + _offset;

    public void Die() => IsDead = true;

    /// <summary>Begins a call, if the breaker admits it, and keeps its pass.</summary>
    public void Begin()
    {
        if (View.Admits)
        {
            _begun.Add(new BreakerPass(View.Generation));
        }
    }

    /// <summary>Ends a call that has begun.</summary>
    public void End(int which, StoreOperation operation, string cache, bool isSuccess)
    {
        if (_begun.Count == 0 || IsDead)
        {
            return;
        }

        var pass = _begun[which % _begun.Count];
        _begun.Remove(pass);
        var (count, view, known, troubled) = (_breaker.CountFailures(Now), View, Known, _breaker.HasFailures);
        var counts = pass.Generation == View.Generation && View.State == BreakerState.Closed;
        if (isSuccess)
        {
            _breaker.OnSuccess(Now, pass, operation);
        }
        else
        {
            Assert.Equal(counts, _breaker.OnFailure(Now, pass, operation, cache));
        }

        var expected = !counts ? count
            : !isSuccess ? Math.Min(count + 1, FailureRecord.Capacity)
            : operation == StoreOperation.Write ? 0 : count;
        Assert.Equal(expected, _breaker.CountFailures(Now));
        Assert.Equal((view, known), (View, Known));
        Assert.True(counts || troubled == _breaker.HasFailures);
        Wake();
    }

    public void OnPush(BreakerSnapshot snapshot)
    {
        if (!IsDead)
        {
            _breaker.OnPush(Now, snapshot);
            Wake();
        }
    }

    /// <summary>Checks what must hold at any time.</summary>
    public void Check()
    {
        if (IsDead)
        {
            return;
        }

        var known = Known;
        Assert.True(known.Version >= _version, $"{Name}: {_version} went back to {known.Version}");
        Assert.False(
            View.Admits && (known.State == BreakerState.Isolated || known.TimeLeft > TimeSpan.Zero),
            $"{Name} admits while {known.State}, {known.TimeLeft} left");
        Assert.True(View.Generation >= _view.Generation);
        Assert.True(View.State == _view.State || View.Generation > _view.Generation);
        if (!View.IsLocal)
        {
            Assert.Equal(known.State, View.State);
        }

        if (!_isProbing)
        {
            Assert.True(_breaker.NextReport <= _lastSent + CircuitBreaker.Heartbeat);
        }

        (_version, _view) = (known.Version, View);
    }

    private void Wake()
    {
        if (IsDead || _awaited is not null || _isProbing)
        {
            return;
        }

        var due = _breaker.NextReport - _offset;
        if (due <= _world.Now)
        {
            Send();
        }
        else if (_wakeAt != due)
        {
            _wakeAt = due;
            _world.Agenda.At(due, () =>
            {
                _wakeAt = null;
                Wake();
            });
        }
    }

    private void Send()
    {
        CountSent();
        var report = _breaker.Report(Now);
        _awaited = LastReport = report;
        _lastSent = Now;
        _world.Report(this, report, answer => OnAnswer(report, answer));
        _world.Agenda.In(SiloBreaker.AnswerTimeout, () =>
        {
            if (_awaited == report && !IsDead)
            {
                _awaited = null;
                OnDecision(_breaker.OnNoAnswer(Now, report));
            }
        });
    }

    private void OnAnswer(BreakerReport report, BreakerAnswer answer)
    {
        if (_awaited == report && !IsDead)
        {
            _awaited = null;
            var decision = _breaker.OnAnswer(Now, report, answer);
            if (decision.Transition is { Cause: TransitionCause.Failures })
            {
                // Before it opened its local breaker, the other silos had a second to fail too.
                var old = report.Failures.Count(failure => failure.Age >= TimeSpan.FromSeconds(1));
                Assert.True(old >= Known.Settings.FailureThreshold, $"{Name} opened locally on {old} failures");
            }

            OnDecision(decision);
        }
    }

    private void OnDecision(SiloDecision decision)
    {
        if (decision.Permit is not { } permit)
        {
            Wake();
            return;
        }

        Assert.True(permit.Permit.TimeLeft > TimeSpan.Zero);
        _isProbing = true;
        var (takes, isSuccess) = _world.Probe(this, permit.Permit.TimeLeft);
        _world.Agenda.In(takes, () =>
        {
            if (!IsDead)
            {
                _isProbing = false;
                _breaker.OnProbed(Now, permit, isSuccess);
                Wake();
            }
        });
    }

    private void CountSent()
    {
        _sent.Enqueue(_world.Now);
        while (_world.Now - _sent.Peek() >= Average)
        {
            _sent.Dequeue();
        }

        Assert.True(
            _sent.Count <= MostReportsASecond * Average.TotalSeconds,
            $"{Name} reports without a pause, {View}, {Known with { Settings = null! }}");
    }
}
