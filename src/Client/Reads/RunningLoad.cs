namespace CacheOrleans.Client.Reads;

/// <summary>Tracks the fallbacks that the current async flow runs in, the innermost first.</summary>
/// <remarks>A read that would wait for one of them would wait for itself, and throws at once.</remarks>
/// <param name="keys">The keys that the fallback loads.</param>
/// <param name="outer">The load that this one is part of; null: no load.</param>
internal sealed class RunningLoad(IReadOnlyCollection<string> keys, RunningLoad? outer)
{
    private static readonly AsyncLocal<RunningLoad?> Flow = new();

    private volatile bool _hasEnded;

    /// <summary>The innermost load of the current async flow; null: no load.</summary>
    public static RunningLoad? Current => Flow.Value;

    /// <summary>Begins a load for everything that the caller calls from now on.</summary>
    /// <remarks>The caller must be an async method: the change of the flow is undone when it returns.</remarks>
    public static RunningLoad Begin(params IReadOnlyCollection<string> keys)
    {
        var load = new RunningLoad(keys, Flow.Value);
        Flow.Value = load;
        return load;
    }

    /// <summary>Records that the fallback has ended: work that it left running no longer waits for it.</summary>
    public void End() => _hasEnded = true;

    /// <summary>Checks that a read does not wait for a load that itself waits for the read.</summary>
    /// <param name="key">The key's text.</param>
    /// <exception cref="InvalidOperationException">The read would wait for itself; the message names the keys on the
    /// path.</exception>
    public void ThrowIfLoading(string key)
    {
        List<string> path = [];
        for (var load = this; load is not null; load = load.Outer)
        {
            if (load.Loads(key))
            {
                path.Add(key);
                path.Reverse();
                throw new InvalidOperationException(
                    $"A fallback waits for itself: '{string.Join("' -> '", path)}' -> '{key}'. It reads the key that "
                    + "it loads, directly or through the fallback of another key.");
            }

            path.Add(load.Name);
        }
    }

    private RunningLoad? Outer => outer;

    private string Name => keys.Count == 1 ? keys.First() : $"{keys.First()} and {keys.Count - 1} more";

    private bool Loads(string key) => !_hasEnded && keys.Contains(key);
}
