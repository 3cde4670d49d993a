namespace CacheOrleans.Client.Connection;

/// <summary>Remembers the keys whose owners did not respond: calls to them are skipped for a while, and then one call
/// probes the owner.</summary>
/// <remarks>Thread-safe. While every owner responds, a check is one volatile read.</remarks>
internal sealed class UnresponsiveOwners(TimeProvider time)
{
    /// <summary>The most keys that are remembered; calls for further keys wait for their owners each time.</summary>
    public const int Max = 10_000;

    /// <summary>How long no call is made after one without a response.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>How long no other call is made while one call probes the owner.</summary>
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _nextProbes = [];
    private volatile int _count;

    /// <summary>Whether a call may be made.</summary>
    public bool TryEnter(string key)
    {
        if (_count == 0)
        {
            return true;
        }

        lock (_lock)
        {
            if (!_nextProbes.TryGetValue(key, out var nextProbe))
            {
                return true;
            }

            var now = time.GetTimestamp();
            if (now < nextProbe)
            {
                return false;
            }

            _nextProbes[key] = After(now, ProbeTimeout);
            return true;
        }
    }

    /// <summary>Records that a call was answered.</summary>
    /// <param name="key">The key whose owner was called; null: nothing is recorded.</param>
    public void OnAnswer(string? key)
    {
        if (key is null || _count == 0)
        {
            return;
        }

        lock (_lock)
        {
            _nextProbes.Remove(key);
            _count = _nextProbes.Count;
        }
    }

    /// <summary>Records that a call was not answered.</summary>
    public void OnNoAnswer(string key)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (_nextProbes.Count >= Max && !_nextProbes.ContainsKey(key))
            {
                ForgetOld(now);
            }

            if (_nextProbes.Count < Max || _nextProbes.ContainsKey(key))
            {
                _nextProbes[key] = After(now, Pause);
                _count = _nextProbes.Count;
            }
        }
    }

    /// <summary>Drops the keys for which a call is allowed again.</summary>
    private void ForgetOld(long now)
    {
        foreach (var (key, nextProbe) in _nextProbes)
        {
            if (nextProbe <= now)
            {
                _nextProbes.Remove(key);
            }
        }
    }

    private long After(long now, TimeSpan pause) => now + (long)(pause.TotalSeconds * time.TimestampFrequency);
}
