using System.Collections.Concurrent;

namespace CacheOrleans.Definitions;

/// <summary>Names caches in metrics: known ones always by their own names, a bounded number of others too, and the
/// rest by one name that they share.</summary>
/// <remarks>Thread-safe. What a cache is called never changes, for its counters would go back.</remarks>
/// <param name="known">The names that are always shown.</param>
public sealed class CacheLabels(IEnumerable<string> known)
{
    /// <summary>How many other caches are shown by their own names.</summary>
    public const int MaxOthers = 500;

    /// <summary>What the rest are called; no cache can have this name.</summary>
    public const string Rest = "(other)";

    private readonly ConcurrentDictionary<string, string> _labels =
        new(known.Select(name => KeyValuePair.Create(name, name)), StringComparer.Ordinal);

    private readonly Lock _adding = new();
    private volatile int _others;

    /// <summary>Whether there is no room for another cache's own name.</summary>
    public bool IsFull => _others == MaxOthers;

    /// <summary>What a cache is called.</summary>
    public string Of(string cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        if (_labels.TryGetValue(cache, out var label))
        {
            return label;
        }

        lock (_adding)
        {
            if (_labels.TryGetValue(cache, out label))
            {
                return label;
            }

            if (IsFull)
            {
                return Rest; // and not remembered, because there may be any number of them
            }

            _labels[cache] = cache;
            _others++;
            return cache;
        }
    }
}
