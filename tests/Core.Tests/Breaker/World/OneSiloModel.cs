using CacheOrleans.Breaker;
using CacheOrleans.Storage;

namespace CacheOrleans.Core.Tests.Breaker.World;

/// <summary>The rules for one silo that reports after each step, written as plainly as possible.</summary>
/// <remarks>Rows B3 to B7 of docs/behaviour.md, and half-open with permits. The length of a break is read
/// from the breaker, because it is random; the test checks that it is within its bounds.</remarks>
internal sealed class OneSiloModel(BreakerOptions settings)
{
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(10);

    private readonly List<(TimeSpan At, string Name)> _failures = [];
    private bool _hasReadFailed;
    private bool _hasWriteFailed;
    private TimeSpan _usedAt;
    private TimeSpan _breakEnds;
    private TimeSpan? _permitEnds;
    private int _successes;

    public BreakerState State { get; private set; }

    public int Attempt { get; private set; }

    public bool HasPermit => _permitEnds is not null;

    /// <summary>Counts the failures within the sampling duration.</summary>
    public int Count(TimeSpan now) => Recently(now).Count();

    /// <summary>A call that began after the last transition ended.</summary>
    public void OnCall(TimeSpan now, StoreOperation operation, string name, bool isSuccess)
    {
        _usedAt = now;
        if (State != BreakerState.Closed)
        {
            return;
        }

        _hasReadFailed = operation == StoreOperation.Read ? !isSuccess : _hasReadFailed;
        _hasWriteFailed = operation == StoreOperation.Write ? !isSuccess : _hasWriteFailed;
        if (!isSuccess)
        {
            _failures.Add((now, name));
            _failures.RemoveRange(0, Math.Max(0, _failures.Count - 100));
        }
        else if (operation == StoreOperation.Write)
        {
            _failures.Clear();
        }
    }

    /// <summary>A call that began before the last transition ended.</summary>
    public void OnLateCall(TimeSpan now) => _usedAt = now;

    /// <summary>The probe ended; its result counts only while the breaker is half open.</summary>
    public void OnProbe(TimeSpan now, bool isSuccess)
    {
        _usedAt = now;
        _permitEnds = null;
        if (State != BreakerState.HalfOpen)
        {
            return;
        }

        if (!isSuccess)
        {
            Open(Attempt + 1);
        }
        else if (++_successes >= settings.ProbesToClose)
        {
            Close();
        }
    }

    /// <summary>The silo reports.</summary>
    /// <param name="now">The time.</param>
    /// <param name="lengthOfBreak">The length of the break if the breaker opens now.</param>
    public void OnReport(TimeSpan now, TimeSpan lengthOfBreak)
    {
        var failures = Recently(now).ToArray();
        if (State == BreakerState.Closed
            && (_hasReadFailed || _hasWriteFailed)
            && now - _usedAt <= Recent
            && failures.Length >= settings.FailureThreshold
            && failures.Select(failure => failure.Name).Distinct().Count() >= settings.MinimumCaches)
        {
            Open(0);
        }
        else if (State == BreakerState.Open && _isTimed && now >= _breakEnds)
        {
            if (settings.MaxConcurrentProbes == 0)
            {
                Close();
            }
            else
            {
                State = BreakerState.HalfOpen;
                _successes = 0;
            }
        }

        if (State == BreakerState.Open && !_isTimed)
        {
            (_breakEnds, _isTimed) = (now + lengthOfBreak, true);
        }

        if (State == BreakerState.HalfOpen && (_permitEnds is null || _permitEnds <= now))
        {
            _permitEnds = now + settings.ProbeTimeout;
        }
    }

    private bool _isTimed;

    private IEnumerable<(TimeSpan At, string Name)> Recently(TimeSpan now) =>
        _failures.Where(failure => now - failure.At < settings.SamplingDuration);

    private void Open(int attempt)
    {
        (State, Attempt, _isTimed, _permitEnds) = (BreakerState.Open, attempt, false, null);
        Forget();
    }

    private void Close()
    {
        (State, Attempt, _permitEnds) = (BreakerState.Closed, 0, null);
        Forget();
    }

    private void Forget()
    {
        _failures.Clear();
        (_hasReadFailed, _hasWriteFailed) = (false, false);
    }
}
