using System.Collections.Concurrent;

namespace CacheOrleans.Client.Near;

/// <summary>The versions of the keys that have copies or are being read, by the keys' texts.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class KeyVersions
{
    private readonly ConcurrentDictionary<string, KeyVersion> _keyVersions = new(StringComparer.Ordinal);

    /// <summary>The number of tracked keys.</summary>
    public int Count => _keyVersions.Count;

    /// <summary>Finds or creates the version of a key and acquires it; the caller releases it.</summary>
    public KeyVersion Acquire(string key)
    {
        while (true)
        {
            var keyVersion = _keyVersions.GetOrAdd(key, static _ => new KeyVersion());
            if (keyVersion.TryAcquire())
            {
                return keyVersion;
            }

            _keyVersions.TryRemove(KeyValuePair.Create(key, keyVersion));
        }
    }

    /// <summary>Called when the owner announces that no value of a key with a stamp below the floor is valid.</summary>
    public void Raise(string key, long floor)
    {
        // A key without a version has no copy, and the owner replies to any later request with the state after the
        // change.
        if (_keyVersions.TryGetValue(key, out var keyVersion))
        {
            keyVersion.Raise(floor);
        }
    }

    /// <summary>Drops the versions that are no longer needed.</summary>
    public void Sweep(long now)
    {
        foreach (var (key, keyVersion) in _keyVersions)
        {
            if (keyVersion.TryRetire(now))
            {
                _keyVersions.TryRemove(KeyValuePair.Create(key, keyVersion));
            }
        }
    }
}
