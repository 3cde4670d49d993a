namespace CacheOrleans.Client.Connection;

/// <summary>Remembers the keys whose owners were silent: their calls are left out for a while, and then one
/// tries.</summary>
/// <remarks>Thread-safe; while no owner is silent, each question is one volatile read.</remarks>
internal sealed class UnresponsiveOwners(TimeProvider time)
{
    /// <summary>The most keys that are remembered; calls of further ones wait for their owners each time.</summary>
    public const int Max = 10_000;

    /// <summary>For so long no call is made after a silence.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>For so long no other call is made while one tries.</summary>
    private static readonly TimeSpan Trial = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _nextTries = [];
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
            if (!_nextTries.TryGetValue(key, out var nextTry))
            {
                return true;
            }

            var now = time.GetTimestamp();
            if (now < nextTry)
            {
                return false;
            }

            _nextTries[key] = After(now, Trial);
            return true;
        }
    }

    /// <summary>A call was answered.</summary>
    public void OnAnswer(string key)
    {
        if (_count == 0)
        {
            return;
        }

        lock (_lock)
        {
            _nextTries.Remove(key);
            _count = _nextTries.Count;
        }
    }

    /// <summary>A call was not answered.</summary>
    public void OnNoAnswer(string key)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (_nextTries.Count >= Max && !_nextTries.ContainsKey(key))
            {
                ForgetOld(now);
            }

            if (_nextTries.Count < Max || _nextTries.ContainsKey(key))
            {
                _nextTries[key] = After(now, Pause);
                _count = _nextTries.Count;
            }
        }
    }

    /// <summary>Forgets what a call may be made for already.</summary>
    private void ForgetOld(long now)
    {
        foreach (var (key, nextTry) in _nextTries)
        {
            if (nextTry <= now)
            {
                _nextTries.Remove(key);
            }
        }
    }

    private long After(long now, TimeSpan pause) => now + (long)(pause.TotalSeconds * time.TimestampFrequency);
}
