namespace CacheOrleans.Redis.Store;

/// <summary>Remembers when this process was starved of processor time or of threads, and decides whether a call that
/// ran out of time says anything of whom it called.</summary>
/// <remarks>
/// A timer of the process itself is the witness: it fires every <see cref="Period"/>, through the thread pool, as the
/// limits of calls do. Where it fires late, an answer may have come in time and found nobody to take it. A call is
/// spoiled when the process was away for half of the time that the call had, or its limit itself was noticed that late.
/// A machine that is merely busy is late by less, so that an outage on a busy machine counts. Locks itself.
/// </remarks>
internal sealed class ProcessPauses(TimeSpan start)
{
    /// <summary>How often the timer fires.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    /// <summary>How much later than it should is late, for the timer and for a limit, whatever the limit is.</summary>
    private static readonly TimeSpan MinLateness = TimeSpan.FromMilliseconds(50);

    /// <summary>How many pauses are remembered: those of three seconds at least, and no call takes as long.</summary>
    private const int MaxPauses = 32;

    private readonly Lock _lock = new();
    private readonly Queue<(TimeSpan From, TimeSpan To)> _pauses = new();
    private TimeSpan _last = start;

    /// <summary>The timer has fired.</summary>
    public void OnTick(TimeSpan now)
    {
        lock (_lock)
        {
            var due = _last + Period;
            if (now - due >= MinLateness)
            {
                _pauses.Enqueue((due, now));
                if (_pauses.Count > MaxPauses)
                {
                    _pauses.Dequeue();
                }
            }

            _last = now;
        }
    }

    /// <summary>Whether a call that ran out of time says nothing, for this process was starved meanwhile.</summary>
    /// <param name="begun">When the call began.</param>
    /// <param name="now">When it was given up.</param>
    /// <param name="limit">How long it was to take at the most.</param>
    public bool HasSpoiled(TimeSpan begun, TimeSpan now, TimeSpan limit)
    {
        var enough = limit / 2 > MinLateness ? limit / 2 : MinLateness;
        return now - begun - limit >= enough || Within(begun, now) >= enough;
    }

    /// <summary>How long the process was away between two moments.</summary>
    private TimeSpan Within(TimeSpan begun, TimeSpan now)
    {
        lock (_lock)
        {
            var away = Overlap((_last + Period, now)); // the timer may be as late as we are
            foreach (var pause in _pauses)
            {
                away += Overlap(pause);
            }

            return away;
        }

        TimeSpan Overlap((TimeSpan From, TimeSpan To) pause)
        {
            var from = pause.From > begun ? pause.From : begun;
            var to = pause.To < now ? pause.To : now;
            return to > from ? to - from : TimeSpan.Zero;
        }
    }
}
