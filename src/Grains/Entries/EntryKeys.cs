using System.Diagnostics.CodeAnalysis;
using CacheOrleans.Keys;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Grains.Entries;

/// <summary>Parses grain keys into the entries of this silo's caches, and checks the values to be kept under them.
/// </summary>
internal sealed class EntryKeys(CacheCatalog caches, IOptions<CacheLimits> limits)
{
    /// <summary>Parses a grain key, or returns what is wrong with it.</summary>
    public bool TryFind(
        string text, [NotNullWhen(true)] out EntryIdentity? entry, [NotNullWhen(false)] out KeyError? error)
    {
        entry = null;
        if (!CacheKey.TryParse(text, out var key, out var problem))
        {
            error = new KeyError(problem);
            return false;
        }

        if (!caches.TryFind(key.Name, out var cache))
        {
            error = new KeyError(
                $"There is no cache '{key.Name}'. Registered caches: {caches.KnownNames}.", key.Name);
            return false;
        }

        var misfit = cache.Definition.Template.Check(key) ?? limits.Value.Check(key) ?? cache.Loader?.Check(key);
        error = misfit is not null
            ? new KeyError(misfit, key.Name, cache.Definition.Fingerprint)
            : null;
        if (error is not null)
        {
            return false;
        }

        entry = new EntryIdentity(cache.Definition.StoreKey(key), cache);
        return true;
    }

    /// <summary>Whether a cache is still the current one of its name.</summary>
    public bool IsCurrent(SiloCache cache) => caches.IsCurrent(cache);

    /// <summary>Adds the cache of a key; a known cache that is in use stays unchanged.</summary>
    /// <exception cref="ArgumentException">The declaration is not valid, or does not match the known cache.</exception>
    public void Declare(string cache, CacheDeclaration declaration)
    {
        ArgumentNullException.ThrowIfNull(declaration);
        ArgumentNullException.ThrowIfNull(declaration.Life);
        if (declaration.Name != cache)
        {
            throw new ArgumentException($"The key belongs to cache '{cache}', but '{declaration.Name}' was declared.");
        }

        caches.Declare(declaration);
    }

    /// <summary>Checks a value that is to be set, and its times to live.</summary>
    /// <exception cref="ArgumentException">The value is over the limit, or a time is out of range.</exception>
    public void Check(EntryIdentity entry, CacheWrite write)
    {
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(write.Value);
        if (limits.Value.CheckValue(entry.Cache.Definition.Name, write.Value.Length) is { } error)
        {
            throw new ArgumentException(error);
        }

        CheckTimes(entry, write.TimeToLive, write.Life);
        if (write.SlidingExpiration is { } slide)
        {
            entry.Cache.Definition.CheckTimeToLive(slide, nameof(write.SlidingExpiration));
        }
    }

    /// <summary>Checks the times to live of a value, and takes note of those in the caller's definition.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A time is out of range.</exception>
    public static void CheckTimes(EntryIdentity entry, TimeSpan? timeToLive, CacheLife? life)
    {
        if (timeToLive is { } given)
        {
            entry.Cache.Definition.CheckTimeToLive(given);
        }

        entry.Cache.Lives.Learn(life);
    }
}
