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

    /// <summary>Begins a read of a key, just before it is sent.</summary>
    /// <remarks>The writes are read before the floor: a write that ends in between forbids the copy.</remarks>
    public PendingRead Begin(KeyVersion keyVersion)
    {
        var writes = keyVersion.Writes;
        return new(keyVersion, writes, Now, Math.Max(keyVersion.Floor, Tags.Highest + 1));
    }

    /// <summary>Keeps the copy that a read was answered with, unless the key or one of the tags has changed since the
    /// read was sent.</summary>
    public void Keep<TKey, T>(ClientCache<TKey, T> cache, TKey key, string text, PendingRead read, Copy<T> copy)
        where TKey : notnull
    {
        if (copy.Life <= TimeSpan.Zero)
        {
            return;
        }

        // The epoch first: a tag that is invalidated after it makes the copy look again.
        var epoch = Tags.Epoch;
        var until = read.SentAt + (long)(copy.Life.TotalSeconds * _clock.TimestampFrequency);
        if (!Tags.IsInvalidated(copy.Tags, copy.Stamp) && read.KeyVersion.TryKeep(read.Writes, copy.Stamp, until))
        {
            cache.Keep(key, text, new NearEntry<T>(read.KeyVersion, copy, until, epoch, text));
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
