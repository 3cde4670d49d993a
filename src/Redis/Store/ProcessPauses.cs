namespace CacheOrleans.Redis.Store;

/// <summary>Remembers when this process was starved of processor time or of threads, and decides whether a call's
/// timeout says anything about the called server.</summary>
/// <remarks>
/// Starvation is detected with a timer of the process itself: it fires every <see cref="Period"/> through the thread
/// pool, as the time limits of calls do. When it fires late, a reply may have arrived in time without a thread to
/// process it. A call is spoiled when the process was starved for half of the time that the call had, or when the end
/// of its limit was noticed that late. On a machine that is merely busy the timer is late by less, so that an outage on
/// a busy machine still counts. Locks itself.
/// </remarks>
internal sealed class ProcessPauses(TimeSpan start)
{
    /// <summary>How often the timer fires.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    /// <summary>The lateness from which the timer, or the end of a limit, counts as late, however short the limit is.
    /// </summary>
    private static readonly TimeSpan MinLateness = TimeSpan.FromMilliseconds(50);

    /// <summary>How many pauses are remembered. They cover at least the last three seconds, and no call takes that
    /// long.</summary>
    private const int MaxPauses = 32;

    private readonly Lock _lock = new();
    private readonly Queue<(TimeSpan From, TimeSpan To)> _pauses = new();
    private TimeSpan _last = start;

    /// <summary>Records that the timer has fired, and a pause if it fired late.</summary>
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

    /// <summary>Whether a call's timeout says nothing about the called server, because this process was starved during
    /// the call.</summary>
    /// <param name="begun">When the call began.</param>
    /// <param name="now">When it was abandoned.</param>
    /// <param name="limit">The call's time limit.</param>
    public bool Invalidates(TimeSpan begun, TimeSpan now, TimeSpan limit)
    {
        var enough = limit / 2 > MinLateness ? limit / 2 : MinLateness;
        return now - begun - limit >= enough || Within(begun, now) >= enough;
    }

    /// <summary>Returns how long the process was starved between two points in time.</summary>
    private TimeSpan Within(TimeSpan begun, TimeSpan now)
    {
        lock (_lock)
        {
            var starved = Overlap((_last + Period, now)); // the next tick may be late as well
            foreach (var pause in _pauses)
            {
                starved += Overlap(pause);
            }

            return starved;
        }

        TimeSpan Overlap((TimeSpan From, TimeSpan To) pause)
        {
            var from = pause.From > begun ? pause.From : begun;
            var to = pause.To < now ? pause.To : now;
            return to > from ? to - from : TimeSpan.Zero;
        }
    }
}
