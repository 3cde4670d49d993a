using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Coherence;
using CacheOrleans.Storage;

namespace CacheOrleans.Client.Near;

/// <summary>The copies of a client, and the changes of keys and tags that it knows of.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class NearState
{
    private readonly TimeProvider _clock;

    public NearState(TimeProvider clock, NearLimits limits, SampleGaps gaps)
    {
        _clock = clock;
        Caches = new NearCaches(limits, clock, Tags, gaps);
    }

    /// <summary>The known invalidations of tags.</summary>
    public NearTags Tags { get; } = new();

    /// <summary>The versions of keys.</summary>
    public KeyVersions KeyVersions { get; } = new();

    /// <summary>The copies.</summary>
    public NearCaches Caches { get; }

    /// <summary>The current time, as a timestamp of the copies' clock.</summary>
    public long Now => _clock.GetTimestamp();

    /// <summary>Begins a read of a key, just before its request is sent.</summary>
    /// <remarks>The write count is read before the floor: a write that ends in between then prevents the
    /// copy.</remarks>
    public PendingRead Begin(KeyVersion keyVersion)
    {
        var writes = keyVersion.Writes;
        return new(keyVersion, writes, Now, Math.Max(keyVersion.Floor, Tags.Highest + 1));
    }

    /// <summary>Keeps a copy of the value that a read received, unless the key or one of the value's tags has changed
    /// since the request was sent.</summary>
    public void Keep<TKey, T>(ClientCache<TKey, T> cache, TKey key, string text, PendingRead read, Copy<T> copy)
        where TKey : notnull
    {
        if (copy.Life <= TimeSpan.Zero)
        {
            return;
        }

        // The epoch is read first: a tag that is invalidated after that makes the copy check its tags again.
        var epoch = Tags.Epoch;
        var until = read.SentAt + (long)(copy.Life.TotalSeconds * _clock.TimestampFrequency);
        if (!Tags.IsInvalidated(copy.Tags, copy.Stamp) && read.KeyVersion.TryKeep(read.Writes, copy.Stamp, until))
        {
            var validity = new CopyValidity(read.KeyVersion, copy.Stamp, copy.Tags, until, copy.IsLocal);
            cache.Keep(key, text, new NearEntry<T>(copy.Value, validity, epoch, text));
        }
    }

    /// <summary>Invalidates the copies that have a tag, without an announcement of the tag's owner.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="now">The current time.</param>
    public void RaiseLocally(string tag, DateTimeOffset now) =>
        Tags.Raise(tag, Stamp.Next(now, new Stamp(Tags.Highest)).Value);

    /// <summary>Drops copies that are no longer valid, and key versions that are no longer needed.</summary>
    public void Sweep()
    {
        Caches.Sweep();
        KeyVersions.Sweep(Now);
    }
}
