using CacheOrleans.Breaker;

namespace CacheOrleans.Core.Tests.Breaker.World;

/// <summary>A coordinator with its own clock, checked after each of its actions.</summary>
internal sealed class WorldCoordinator
{
    private readonly BreakerWorld _world;
    private readonly TimeSpan _offset;
    private readonly TimeSpan _bornAt;
    private readonly CircuitBreaker _breaker;
    private readonly Told _told = new();
    private readonly Dictionary<long, TimeSpan> _permits = [];
    private BreakerSnapshot _last;
    private int _permitLimit;
    private TimeSpan _breakEndsAt;

    public WorldCoordinator(BreakerWorld world, BreakerOptions settings, int seed, TimeSpan offset)
    {
        _world = world;
        _offset = offset;
        _bornAt = Now;
        _breaker = new CircuitBreaker(settings, new Random(seed), Now);
        _last = _breaker.Snapshot(Now);
        _permitLimit = settings.MaxConcurrentProbes;
    }

    public BreakerSnapshot Snapshot => _breaker.Snapshot(Now);

    /// <summary>The latest transition, and the report that caused it.</summary>
    public (BreakerTransition Transition, BreakerReport? Report)? Latest { get; private set; }

    private TimeSpan Now => _world.Now + _offset;

    public BreakerAnswer Receive(BreakerReport report)
    {
        var isNew = _told.Hear(Now, report, _last.Term, _last.Version);
        if (isNew && report.Probe is { } probe)
        {
            _permits.Remove(probe.Permit);
        }

        var (answer, transition) = _breaker.Report(Now, report);
        Assert.Equal(transition?.To ?? _last.State, answer.Snapshot.State);
        if (transition is { Cause: TransitionCause.Failures })
        {
            Assert.Null(_told.Objection(Now, Now - _bornAt, answer.Snapshot.Settings));
        }

        Latest = transition is null ? Latest : (transition, report);
        OnDone(transition, report.Known);
        CheckPermit(answer);
        return answer;
    }

    public void ChangeManually(Func<CircuitBreaker, TimeSpan, BreakerTransition?> change) =>
        OnDone(change(_breaker, Now), null);

    public void Change(BreakerOptions settings)
    {
        _breaker.Change(settings);
        OnDone(null, null);
    }

    private void OnDone(BreakerTransition? transition, BreakerSnapshot? known)
    {
        var (before, after) = (_last, Snapshot);
        _last = after;
        Assert.True(after.Version >= before.Version && after.Term >= before.Term);
        Assert.Equal(after.State == BreakerState.Open, after.TimeLeft is not null);
        if (after.Term != before.Term || after.State != before.State)
        {
            Assert.True(after.Version > before.Version);
            _told.BeginTerm(after.Term);
            _permits.Clear();
            _permitLimit = 0;
        }

        _permitLimit = Math.Max(_permitLimit, after.Settings.MaxConcurrentProbes);
        if (transition is not null)
        {
            Assert.Equal(after.State, transition.To);
            CheckTransition(before, after, transition, known);
        }

        CheckBreak(before, after);
        if (after.Version != before.Version)
        {
            _world.Push(after);
        }
    }

    private void CheckTransition(
        BreakerSnapshot before, BreakerSnapshot after, BreakerTransition transition, BreakerSnapshot? known)
    {
        switch (transition.Cause)
        {
            case TransitionCause.Failures or TransitionCause.ProbeFailed:
                Assert.Equal(BreakerState.Open, after.State);
                var began = transition.Cause == TransitionCause.Failures ? BreakerState.Closed : BreakerState.HalfOpen;
                Assert.True(transition.From == began || known?.State == began);
                var attempt = transition.Cause == TransitionCause.Failures ? 0
                    : (before.State == began ? before.Attempt : known!.Attempt) + 1;
                Assert.Equal(attempt, after.Attempt);
                CheckLength(after);
                break;
            case TransitionCause.ProbesSucceeded or TransitionCause.BreakEnded:
                Assert.True(
                    transition.From != BreakerState.Open || Now >= _breakEndsAt || known?.TimeLeft == TimeSpan.Zero);
                Assert.Equal(after.State == BreakerState.HalfOpen ? transition.Attempt : 0, after.Attempt);
                break;
            case TransitionCause.Adopted:
                Assert.Equal(known!.State, after.State);
                break;
            case TransitionCause.Manual:
                Assert.Equal(0, after.Attempt);
                break;
            default:
                throw new InvalidOperationException($"{transition.Cause}");
        }
    }

    /// <summary>Checks that a running break keeps its end, unless another coordinator knew a different end.</summary>
    private void CheckBreak(BreakerSnapshot before, BreakerSnapshot after)
    {
        if (after.TimeLeft is not { } left)
        {
            return;
        }

        var end = left > TimeSpan.MaxValue - Now ? TimeSpan.MaxValue : Now + left;
        if (after.Version == before.Version)
        {
            Assert.Equal(Now < _breakEndsAt ? _breakEndsAt : Now, end);
        }

        _breakEndsAt = after.Version == before.Version ? _breakEndsAt : end;
    }

    private static void CheckLength(BreakerSnapshot opened)
    {
        var settings = opened.Settings;
        var full = settings.BreakDuration * 1.0;
        for (var i = 0; i < opened.Attempt && full < settings.MaxBreakDuration; i++)
        {
            full = full.Ticks * settings.BackoffMultiplier >= settings.MaxBreakDuration.Ticks
                ? settings.MaxBreakDuration
                : full * settings.BackoffMultiplier;
        }

        var tick = TimeSpan.FromTicks(1000);
        var shortest = full * (1 - settings.Jitter) - tick;
        var longest = full.Ticks * (1 + settings.Jitter) >= settings.MaxBreakDuration.Ticks
            ? settings.MaxBreakDuration
            : full * (1 + settings.Jitter) + tick;
        Assert.InRange(opened.TimeLeft!.Value, shortest, longest);
    }

    private void CheckPermit(BreakerAnswer answer)
    {
        if (answer.Permit is not { } permit)
        {
            return;
        }

        Assert.Equal(BreakerState.HalfOpen, answer.Snapshot.State);
        Assert.InRange(permit.TimeLeft, TimeSpan.FromTicks(1), answer.Snapshot.Settings.ProbeTimeout);
        _permits[permit.Id] = Now + permit.TimeLeft;
        Assert.InRange(_permits.Values.Count(until => until > Now), 1, _permitLimit);
    }
}
