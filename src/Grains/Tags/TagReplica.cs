using CacheOrleans.Storage;
using CacheOrleans.Tags;

namespace CacheOrleans.Grains.Tags;

/// <inheritdoc cref="ITagVersions"/>
/// <remarks>Thread-safe. All versions come from the tags' grains. They announce invalidations; the replica asks them
/// when it first sees a tag, and asks again for the tags in use, because an announcement may have been lost.</remarks>
internal sealed class TagReplica(
    IGrainFactory grains, TagHolders holders, TimeProvider time, TagDiagnostics diagnostics) : ITagVersions
{
    /// <summary>How long a read waits for the version of an unknown tag.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task<bool>> _asked = new(StringComparer.Ordinal);

    public TagFloors Floors { get; } = new(time: time);

    public ValueTask<bool> LearnAsync(string[]? tags) =>
        Floors.Knows(tags) ? new(true) : new(LearnUnknownAsync(tags ?? []));

    public void Holds(INearCacheObserver holder, string[]? tags, TimeSpan lease) =>
        holders.Add(holder, tags is not null, lease);

    /// <summary>Records that a tag was invalidated just now.</summary>
    public void OnInvalidated(string tag, Stamp version)
    {
        if (Floors.Raise(tag, version))
        {
            holders.Notify(tag, version);
        }
    }

    /// <summary>Asks a tag's grain for its version; callers that ask before the answer arrives share one request.
    /// </summary>
    /// <returns>Whether the version is known now.</returns>
    public Task<bool> AskAsync(string tag)
    {
        lock (_lock)
        {
            if (!_asked.TryGetValue(tag, out var asked))
            {
                // Not on the scheduler of the grain that asks first: others wait too, and that grain may deactivate.
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
            // The request continues: the next read finds the version if the tag's grain has answered by then.
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
                holders.Notify(tag, new(version));
            }

            return true;
        }
        catch (Exception) // any failure means no answer
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
