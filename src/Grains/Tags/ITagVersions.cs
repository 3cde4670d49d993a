using CacheOrleans.Tags;

namespace CacheOrleans.Grains.Tags;

/// <summary>The versions of tags that this silo knows, and the processes to notify when tags are invalidated.</summary>
/// <remarks>Thread-safe.</remarks>
internal interface ITagVersions
{
    /// <summary>The floors that decide whether entries in memory are valid.</summary>
    TagFloors Floors { get; }

    /// <summary>Finds out the versions of an entry's tags, and of the tag of everything, that are not known here.
    /// </summary>
    /// <remarks>Takes 100 milliseconds at most.</remarks>
    /// <returns>Whether all versions are known; if not, the entry may be invalid.</returns>
    ValueTask<bool> LearnAsync(string[]? tags);

    /// <summary>Has a process that keeps copies notified of invalidated tags.</summary>
    /// <remarks>The caller must check the entry against <see cref="Floors"/> after this call, because the process is
    /// not notified of earlier invalidations.</remarks>
    /// <param name="holder">The process.</param>
    /// <param name="tags">The tags of the entry that is copied; null if only the tag of everything can invalidate it.
    /// </param>
    /// <param name="lease">How long the process keeps the copy.</param>
    void Holds(INearCacheObserver holder, string[]? tags, TimeSpan lease);
}
