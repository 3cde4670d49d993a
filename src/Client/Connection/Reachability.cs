namespace CacheOrleans.Client.Connection;

/// <summary>Decides whether to call the cluster: after some silences in a row calls are left out for a while, and then
/// one tries.</summary>
/// <remarks>Thread-safe; while all is well, to ask is one volatile read and an answer is another.</remarks>
internal sealed class Reachability(TimeProvider time)
{
    /// <summary>After so many silences in a row the cluster counts as unreachable.</summary>
    public const int Threshold = 3;

    /// <summary>For so long no call is made then.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private int _silences;
    private long _nextTry;

    /// <summary>Whether a call may be made.</summary>
    public bool TryEnter()
    {
        if (Volatile.Read(ref _silences) < Threshold)
        {
            return true;
        }

        lock (_lock)
        {
            if (_silences < Threshold)
            {
                return true;
            }

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
    /// <returns>Whether the cluster had counted as unreachable.</returns>
    public bool OnAnswer()
    {
        if (Volatile.Read(ref _silences) == 0)
        {
            return false;
        }

        lock (_lock)
        {
            var wasUnreachable = _silences >= Threshold;
            Volatile.Write(ref _silences, 0);
            return wasUnreachable;
        }
    }

    /// <summary>A call was not answered.</summary>
    /// <returns>Whether the cluster counts as unreachable from now on.</returns>
    public bool OnSilence()
    {
        lock (_lock)
        {
            if (_silences >= Threshold)
            {
                return false;
            }

            Volatile.Write(ref _silences, _silences + 1);
            _nextTry = After(time.GetTimestamp());
            return _silences == Threshold;
        }
    }

    private long After(long now) => now + (long)(Pause.TotalSeconds * time.TimestampFrequency);
}
