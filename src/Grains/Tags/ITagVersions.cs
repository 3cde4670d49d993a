using CacheOrleans.Tags;

namespace CacheOrleans.Grains.Tags;

/// <summary>What this silo knows of tags.</summary>
/// <remarks>Thread-safe.</remarks>
internal interface ITagVersions
{
    /// <summary>What entries in memory are judged by.</summary>
    TagFloors Floors { get; }

    /// <summary>Learns the versions of an entry's tags, and of everything, where they are not known here.</summary>
    /// <remarks>It takes 100 milliseconds at most.</remarks>
    /// <returns>Whether all are known: else it cannot be told whether the entry counts.</returns>
    ValueTask<bool> LearnAsync(string[]? tags);

    /// <summary>Has a process that keeps copies told of invalidated tags.</summary>
    /// <remarks>An answer counts only if it is judged by <see cref="Floors"/> after this: of what came before, nobody
    /// is told.</remarks>
    /// <param name="holder">The process.</param>
    /// <param name="tags">The tags of the entry it keeps; null: only the end of everything concerns it.</param>
    /// <param name="lease">For how long it keeps it.</param>
    void Holds(INearCacheObserver holder, string[]? tags, TimeSpan lease);
}
