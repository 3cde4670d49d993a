using CacheOrleans.Storage;
using CacheOrleans.Tags;

namespace CacheOrleans.Grains.Tags;

/// <inheritdoc cref="ITagVersions"/>
/// <remarks>Thread-safe. What it knows comes from the tags' grains: they tell it when a tag is invalidated, it asks
/// them at the first sight of a tag, and it asks again for those in use, should a message have been lost.</remarks>
internal sealed class TagReplica(
    IGrainFactory grains, TagHolders holders, TimeProvider time, TagDiagnostics diagnostics) : ITagVersions
{
    /// <summary>How long a read waits for the version of a tag that is not known.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task<bool>> _asked = new(StringComparer.Ordinal);

    public TagFloors Floors { get; } = new();

    public ValueTask<bool> LearnAsync(string[]? tags) =>
        Floors.Knows(tags) ? new(true) : new(LearnUnknownAsync(tags ?? []));

    public void Holds(INearCacheObserver holder, string[]? tags, TimeSpan lease) =>
        holders.Add(holder, tags is not null, lease);

    /// <summary>A tag was invalidated just now.</summary>
    public void OnInvalidated(string tag, Stamp version)
    {
        if (Floors.Raise(tag, version))
        {
            holders.Tell(tag, version);
        }
    }

    /// <summary>Asks for a tag's version; all who ask before the answer share it.</summary>
    /// <returns>Whether it is known now.</returns>
    public Task<bool> AskAsync(string tag)
    {
        lock (_lock)
        {
            if (!_asked.TryGetValue(tag, out var asked))
            {
                // Not on the scheduler of the grain that asks first: others wait too, and it may go.
                asked = Task.Run(() => AskGrainAsync(tag));
                _asked[tag] = asked;
            }

            return asked;
        }
    }

    private async Task<bool> LearnUnknownAsync(string[] tags)
    {
        var asked = tags.Append(CacheTags.Everything).Where(tag => !Floors.TryGet(tag, out _)).Select(AskAsync);
        var areKnown = false;
        try
        {
            areKnown = Array.TrueForAll(await Task.WhenAll(asked).WaitAsync(AnswerTimeout, time), isKnown => isKnown);
        }
        catch (TimeoutException)
        {
            // It is known when the next read comes, if its grain answers at all.
        }

        if (!areKnown)
        {
            diagnostics.OnUnknown();
        }

        return areKnown;
    }

    private async Task<bool> AskGrainAsync(string tag)
    {
        try
        {
            if (await grains.GetGrain<ITagGrain>(tag).GetVersionAsync() is not { } version)
            {
                return false;
            }

            if (Floors.Learn(tag, new(version)))
            {
                holders.Tell(tag, new(version));
            }

            return true;
        }
        catch (Exception) // no answer, whatever the reason
        {
            return false;
        }
        finally
        {
            lock (_lock)
            {
                _asked.Remove(tag);
            }
        }
    }
}
