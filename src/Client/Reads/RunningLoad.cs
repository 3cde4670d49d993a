namespace CacheOrleans.Client.Reads;

/// <summary>The fallbacks that the current flow of calls runs in, the innermost first.</summary>
/// <remarks>A read that would wait for one of them would wait for itself, and is told so at once.</remarks>
/// <param name="keys">The keys that the fallback loads.</param>
/// <param name="outer">The load that it is part of; null: none.</param>
internal sealed class RunningLoad(IReadOnlyCollection<string> keys, RunningLoad? outer)
{
    private static readonly AsyncLocal<RunningLoad?> Flow = new();

    private volatile bool _hasEnded;

    /// <summary>The innermost load of the current flow of calls; null: none.</summary>
    public static RunningLoad? Current => Flow.Value;

    /// <summary>Begins one, for what the caller calls from now on.</summary>
    /// <remarks>The caller is an asynchronous method: the flow is its own again when it returns.</remarks>
    public static RunningLoad Begin(params IReadOnlyCollection<string> keys)
    {
        var load = new RunningLoad(keys, Flow.Value);
        Flow.Value = load;
        return load;
    }

    /// <summary>The fallback has ended: what it has left running waits for nothing of it.</summary>
    public void End() => _hasEnded = true;

    /// <summary>Checks that a read does not wait for a load that waits for the read.</summary>
    /// <param name="key">The key's text.</param>
    /// <exception cref="InvalidOperationException">It would; the message names the keys on the way.</exception>
    public void ThrowIfLoading(string key)
    {
        List<string> way = [];
        for (var load = this; load is not null; load = load.Outer)
        {
            if (load.Loads(key))
            {
                way.Add(key);
                way.Reverse();
                throw new InvalidOperationException(
                    $"A fallback waits for itself: '{string.Join("' -> '", way)}' -> '{key}'. It reads the key that it "
                    + "loads, itself or through the fallback of another key.");
            }

            way.Add(load.Name);
        }
    }

    private RunningLoad? Outer => outer;

    private string Name => keys.Count == 1 ? keys.First() : $"{keys.First()} and {keys.Count - 1} more";

    private bool Loads(string key) => !_hasEnded && keys.Contains(key);
}
