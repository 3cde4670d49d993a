using CacheOrleans.Definitions;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Grains.Entries;

/// <summary>How long the entries of one cache live: as registered in the silo, else as its callers say.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class TimeToLivePolicy(CacheDefinition definition, bool isDeclared, ILogger logger)
{
    private readonly Latch _differs = new();
    private long _longest = definition.TimeToLive.Ticks;

    /// <summary>The longest time to live that the cache was given.</summary>
    public TimeSpan Longest => new(Volatile.Read(ref _longest));

    /// <summary>Takes note of what a caller's definition says.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
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
            logger.LifeDiffers(
                definition.Name,
                definition.TimeToLive,
                definition.NotFoundTimeToLive,
                life.TimeToLive,
                life.NotFoundTimeToLive);
        }
    }

    /// <summary>How long an entry lives.</summary>
    /// <param name="value">Its value; null: nothing was found.</param>
    /// <param name="given">What was given for this entry alone.</param>
    /// <param name="life">What the caller's definition says.</param>
    public TimeSpan Of(byte[]? value, TimeSpan? given, CacheLife? life)
    {
        var said = isDeclared ? life : null;
        if (value is not null)
        {
            var lives = given ?? said?.TimeToLive ?? definition.TimeToLive;
            if (isDeclared)
            {
                // Its callers may give each entry a life of its own, and a tombstone is to outlast them.
                Extend(lives.Ticks);
            }

            return lives;
        }

        var notFound = said?.NotFoundTimeToLive ?? definition.NotFoundTimeToLive;
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
