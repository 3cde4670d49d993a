using CacheOrleans.Storage;
using CacheOrleans.Tags;

namespace CacheOrleans.Entries;

/// <summary>The state of an entry when a load began; a later operation makes the load's result stale.</summary>
/// <param name="Generation">The number of sets, removes and rejections of the entry before the load.</param>
/// <param name="Stamp">The highest stamp that the owner had seen for the entry.</param>
/// <param name="StartedAt">When the load began. The result of a load is as old as this time and is ordered by it: a
/// late result of a former owner must not rank above a newer owner's remove.</param>
/// <param name="TagChanges"><see cref="TagFloors.Changes"/> when the load began.</param>
public readonly record struct LoadStart(
    long Generation, Stamp Stamp, DateTimeOffset StartedAt, long TagChanges = 0);
