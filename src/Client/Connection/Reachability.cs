namespace CacheOrleans.Client.Connection;

/// <summary>Decides whether the cluster is away: after some silences in a row, during which nobody answered, calls are
/// left out for a while, and then it is tried once.</summary>
/// <remarks>Thread-safe; while all is well, to ask is one volatile read.</remarks>
internal sealed class Reachability(TimeProvider time)
{
    /// <summary>After so many silences in a row the cluster counts as away.</summary>
    public const int Threshold = 3;

    /// <summary>For so long no call is made then.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private long _answers;
    private int _unanswered;
    private long _nextTry;

    /// <summary>Whether the cluster is away.</summary>
    public bool IsAway => Volatile.Read(ref _unanswered) >= Threshold;

    /// <summary>How many answers there have been, from whichever silo; to be noted when a call is sent.</summary>
    public long Answers => Volatile.Read(ref _answers);

    /// <summary>Whether it is time to try a cluster that is away; who is told so tries.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            // Who tries has a pause for it; if nothing comes of it, the next one tries.
            var now = time.GetTimestamp();
            if (now < _nextTry)
            {
                return false;
            }

            _nextTry = After(now);
            return true;
        }
    }

    /// <summary>A call was answered.</summary>
    /// <returns>Whether the cluster had counted as away.</returns>
    public bool OnAnswer()
    {
        Interlocked.Increment(ref _answers);
        if (Volatile.Read(ref _unanswered) == 0)
        {
            return false;
        }

        lock (_lock)
        {
            var wasAway = IsAway;
            Volatile.Write(ref _unanswered, 0);
            return wasAway;
        }
    }

    /// <summary>A call was not answered.</summary>
    /// <param name="answers">The answers there had been when it was sent: if there are more by now, its owner is
    /// silent, or a silo on the way, and the cluster is not.</param>
    /// <returns>Whether the cluster counts as away from now on.</returns>
    public bool OnNoAnswer(long answers)
    {
        lock (_lock)
        {
            if (IsAway || Answers != answers)
            {
                return false;
            }

            Volatile.Write(ref _unanswered, _unanswered + 1);
            _nextTry = After(time.GetTimestamp());
            return IsAway;
        }
    }

    private long After(long now) => now + (long)(Pause.TotalSeconds * time.TimestampFrequency);
}
