namespace CacheOrleans.Client.Connection;

/// <summary>Decides whether the cluster is away: after several unanswered calls in a row, without any answer in
/// between, calls are skipped for a while, and then one call probes the cluster.</summary>
/// <remarks>Thread-safe. While the cluster responds, a check is one volatile read.</remarks>
internal sealed class Reachability(TimeProvider time)
{
    /// <summary>The number of unanswered calls in a row after which the cluster counts as away.</summary>
    public const int Threshold = 3;

    /// <summary>How long no call is made after that.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private long _answers;
    private int _unanswered;
    private long _nextTry;

    /// <summary>Whether the cluster is away.</summary>
    public bool IsAway => Volatile.Read(ref _unanswered) >= Threshold;

    /// <summary>The number of answers so far, from any silo; a caller notes it when it sends a call.</summary>
    public long Answers => Volatile.Read(ref _answers);

    /// <summary>Whether the caller should probe a cluster that is away; only one caller gets true in each
    /// pause.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            // The probe has one pause to complete; if it brings no answer, the next caller probes.
            var now = time.GetTimestamp();
            if (now < _nextTry)
            {
                return false;
            }

            _nextTry = After(now);
            return true;
        }
    }

    /// <summary>Records that a call was answered.</summary>
    /// <returns>Whether the cluster had been away.</returns>
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

    /// <summary>Records that a call was not answered.</summary>
    /// <param name="answers">The number of answers when the call was sent. If it has grown since, only the owner or a
    /// silo on the way does not respond, and the cluster is not away.</param>
    /// <returns>Whether the cluster is away from now on.</returns>
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
