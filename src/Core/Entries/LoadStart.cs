using CacheOrleans.Storage;
using CacheOrleans.Tags;

namespace CacheOrleans.Entries;

/// <summary>The state of an entry when a load began; what comes later makes the load's result stale.</summary>
/// <param name="Generation">How many sets, removes and rejections the entry had seen.</param>
/// <param name="Stamp">The last stamp the entry had seen.</param>
/// <param name="StartedAt">When it began. What a load finds is as old as that, and is ordered by it: the late result
/// of a former owner must not stand above a newer owner's remove.</param>
/// <param name="TagChanges"><see cref="TagFloors.Changes"/>.</param>
public readonly record struct LoadStart(
    long Generation, Stamp Stamp, DateTimeOffset StartedAt, long TagChanges = 0);
