using System.Collections.Concurrent;

namespace CacheOrleans.Definitions;

/// <summary>Decides under which name a cache appears in metrics: known caches always under their own names, a bounded
/// number of others too, and the rest under one shared name.</summary>
/// <remarks>Thread-safe. The name of a cache never changes, because its counters would then start again from zero.
/// </remarks>
/// <param name="known">The names of the known caches.</param>
public sealed class CacheLabels(IEnumerable<string> known)
{
    /// <summary>How many other caches appear under their own names.</summary>
    public const int MaxOthers = 500;

    /// <summary>The shared name of the rest; no cache can have this name.</summary>
    public const string Rest = "(other)";

    private readonly ConcurrentDictionary<string, string> _labels =
        new(known.Select(name => KeyValuePair.Create(name, name)), StringComparer.Ordinal);

    private readonly Lock _adding = new();
    private volatile int _others;

    /// <summary>Whether no further cache can appear under its own name.</summary>
    public bool IsFull => _others == MaxOthers;

    /// <summary>Returns the name of a cache in metrics.</summary>
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
                return Rest; // not added, because there may be any number of such caches
            }

            _labels[cache] = cache;
            _others++;
            return cache;
        }
    }
}
