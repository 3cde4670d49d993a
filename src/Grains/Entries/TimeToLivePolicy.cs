using CacheOrleans.Definitions;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Grains.Entries;

/// <summary>Decides how long the entries of one cache live: as registered in the silo, or else as the callers'
/// definitions say.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class TimeToLivePolicy(CacheDefinition definition, bool isDeclared, ILogger logger)
{
    private readonly Latch _differs = new();
    private long _longest = definition.TimeToLive.Ticks;

    /// <summary>The longest time to live that the cache was given.</summary>
    public TimeSpan Longest => new(Volatile.Read(ref _longest));

    /// <summary>Takes note of the times to live in a caller's definition.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A time to live is out of range.</exception>
    public void Learn(CacheLife? life)
    {
        if (life is null)
        {
            return;
        }

        definition.CheckTimeToLive(life.TimeToLive);
        definition.CheckTimeToLive(life.NotFoundTimeToLive);
        if (isDeclared)
        {
            Extend(life.TimeToLive.Ticks);
        }
        else if ((life.TimeToLive != definition.TimeToLive || life.NotFoundTimeToLive != definition.NotFoundTimeToLive)
            && _differs.Turn(true))
        {
            logger.TimeToLiveDiffers(
                definition.Name,
                definition.TimeToLive,
                definition.NotFoundTimeToLive,
                life.TimeToLive,
                life.NotFoundTimeToLive);
        }
    }

    /// <summary>Returns the time to live of an entry.</summary>
    /// <param name="value">The entry's value; null if nothing was found.</param>
    /// <param name="given">The time to live that was given for this entry only.</param>
    /// <param name="life">The times to live in the caller's definition.</param>
    public TimeSpan Of(byte[]? value, TimeSpan? given, CacheLife? life)
    {
        var declared = isDeclared ? life : null;
        if (value is not null)
        {
            var timeToLive = given ?? declared?.TimeToLive ?? definition.TimeToLive;
            if (isDeclared)
            {
                // Callers may give each entry its own time to live, and a tombstone must outlast all of them.
                Extend(timeToLive.Ticks);
            }

            return timeToLive;
        }

        var notFound = declared?.NotFoundTimeToLive ?? definition.NotFoundTimeToLive;
        return given < notFound ? given.Value : notFound;
    }

    private void Extend(long ticks)
    {
        var longest = Volatile.Read(ref _longest);
        while (ticks > longest)
        {
            var found = Interlocked.CompareExchange(ref _longest, ticks, longest);
            if (found == longest)
            {
                return;
            }

            longest = found;
        }
    }
}
