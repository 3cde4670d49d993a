namespace CacheOrleans.Grains.Tags;

/// <summary>Tracks until when a process may have copies of this silo's entries, as timestamps.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class TagHolder
{
    private const long Forgotten = long.MinValue;

    private long _until;
    private long _taggedUntil;

    /// <summary>Whether the process may still have a copy.</summary>
    /// <param name="now">The current timestamp.</param>
    /// <param name="isTagged">Whether to consider only copies with tags.</param>
    public bool Holds(long now, bool isTagged) => Volatile.Read(ref isTagged ? ref _taggedUntil : ref _until) > now;

    /// <summary>Records that the process gets a copy.</summary>
    /// <remarks>Most calls write nothing, because the recorded time is an eighth longer than needed.</remarks>
    /// <returns>False if the process was forgotten in the meantime; then nothing is recorded.</returns>
    public bool TryExtend(long now, long lease, bool isTagged) =>
        (!isTagged || TryExtend(ref _taggedUntil, now, lease)) && TryExtend(ref _until, now, lease);

    /// <summary>Forgets the process, unless it may still have a copy.</summary>
    public bool TryForget(long now)
    {
        var until = Volatile.Read(ref _until);
        return until <= now && Interlocked.CompareExchange(ref _until, Forgotten, until) == until;
    }

    private static bool TryExtend(ref long end, long now, long lease)
    {
        while (Volatile.Read(ref end) is var recorded && recorded != Forgotten)
        {
            if (recorded >= now + lease
                || Interlocked.CompareExchange(ref end, now + lease + (lease / 8), recorded) == recorded)
            {
                return true;
            }
        }

        return false;
    }
}
