namespace CacheOrleans.Grains.Tags;

/// <summary>Until when a process may have copies of this silo's entries, as timestamps.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class TagHolder
{
    private const long Forgotten = long.MinValue;

    private long _until;
    private long _taggedUntil;

    /// <summary>Whether it may still have a copy.</summary>
    /// <param name="now">The timestamp.</param>
    /// <param name="isTagged">Whether copies with tags alone are meant.</param>
    public bool Holds(long now, bool isTagged) => Volatile.Read(ref isTagged ? ref _taggedUntil : ref _until) > now;

    /// <summary>It is given a copy. Most calls write nothing: the time that is noted is a little longer than needed.
    /// </summary>
    /// <returns>False when it has been forgotten meanwhile, and nothing is noted.</returns>
    public bool TryProlong(long now, long lease, bool isTagged) =>
        (!isTagged || TryProlong(ref _taggedUntil, now, lease)) && TryProlong(ref _until, now, lease);

    /// <summary>Forgets it, unless it may still have a copy.</summary>
    public bool TryForget(long now)
    {
        var until = Volatile.Read(ref _until);
        return until <= now && Interlocked.CompareExchange(ref _until, Forgotten, until) == until;
    }

    private static bool TryProlong(ref long end, long now, long lease)
    {
        while (Volatile.Read(ref end) is var noted && noted != Forgotten)
        {
            if (noted >= now + lease
                || Interlocked.CompareExchange(ref end, now + lease + (lease / 8), noted) == noted)
            {
                return true;
            }
        }

        return false;
    }
}
