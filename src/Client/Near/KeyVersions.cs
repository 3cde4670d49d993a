using System.Collections.Concurrent;

namespace CacheOrleans.Client.Near;

/// <summary>The key versions of the keys that have copies or are being read, by the keys' texts.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class KeyVersions
{
    private readonly ConcurrentDictionary<string, KeyVersion> _keyVersions = new(StringComparer.Ordinal);

    /// <summary>How many there are.</summary>
    public int Count => _keyVersions.Count;

    /// <summary>Finds or makes a key's key version and holds it; the caller releases it.</summary>
    public KeyVersion Hold(string key)
    {
        while (true)
        {
            var keyVersion = _keyVersions.GetOrAdd(key, static _ => new KeyVersion());
            if (keyVersion.TryHold())
            {
                return keyVersion;
            }

            _keyVersions.TryRemove(KeyValuePair.Create(key, keyVersion));
        }
    }

    /// <summary>The stamp below which nothing of a key counts, as far as it has to be known.</summary>
    public long FloorOf(string key) => _keyVersions.TryGetValue(key, out var keyVersion) ? keyVersion.Floor : 0;

    /// <summary>The owner told that nothing of a key that is older than a stamp counts.</summary>
    public void Raise(string key, long floor)
    {
        // Without a key version there is no copy, and whatever is asked from now on is answered after the change.
        if (_keyVersions.TryGetValue(key, out var keyVersion))
        {
            keyVersion.Raise(floor);
        }
    }

    /// <summary>Drops the key versions that nothing needs any more.</summary>
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
