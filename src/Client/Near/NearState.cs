using CacheOrleans.Client.Caches;
using CacheOrleans.Storage;

namespace CacheOrleans.Client.Near;

/// <summary>All that a client knows of copies and of changes.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class NearState
{
    private readonly TimeProvider _clock;

    public NearState(TimeProvider clock, NearLimits limits)
    {
        _clock = clock;
        Caches = new NearCaches(limits, clock, Tags);
    }

    /// <summary>What is known of tags.</summary>
    public NearTags Tags { get; } = new();

    /// <summary>What is known of keys.</summary>
    public KeyVersions KeyVersions { get; } = new();

    /// <summary>The copies.</summary>
    public NearCaches Caches { get; }

    /// <summary>The time, as a timestamp of the copies' clock.</summary>
    public long Now => _clock.GetTimestamp();

    /// <summary>A question about a key is being sent.</summary>
    public NearQuestion Ask(KeyVersion keyVersion)
    {
        var known = keyVersion.Observe();
        return new(keyVersion, known, Now, Math.Max(known.Floor, Tags.Highest + 1));
    }

    /// <summary>Keeps a copy of what a question was answered with, unless something that has come meanwhile forbids it.
    /// </summary>
    public void Keep<TKey, T>(
        ClientCache<TKey, T> cache, TKey key, string text, NearQuestion question, NearFinding<T> finding)
        where TKey : notnull
    {
        if (finding.Life <= TimeSpan.Zero)
        {
            return;
        }

        // The epoch first: a tag that is invalidated after it makes the copy look again.
        var epoch = Tags.Epoch;
        var until = question.SentAt + (long)(finding.Life.TotalSeconds * _clock.TimestampFrequency);
        if (!Tags.IsInvalidated(finding.Tags, finding.Stamp)
            && question.KeyVersion.TryKeep(question.Known, finding.Stamp, until))
        {
            var options = new CopyValidity(question.KeyVersion, finding.Stamp, until, finding.Tags, epoch);
            cache.Keep(key, text, new NearEntry<T>(options, finding.Value, text));
        }
    }

    /// <summary>Ends the copies that have a tag, though no owner of the tag has said so.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="now">Now.</param>
    public void RaiseLocally(string tag, DateTimeOffset now) =>
        Tags.Raise(tag, Stamp.Next(now, new Stamp(Tags.Highest)).Value);

    /// <summary>Drops what counts no more.</summary>
    public void Sweep()
    {
        Caches.Sweep();
        KeyVersions.Sweep(Now);
    }
}
