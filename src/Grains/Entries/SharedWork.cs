using CacheOrleans.Entries;

namespace CacheOrleans.Grains.Entries;

/// <summary>Running work for an entry, shared by all callers that need its result.</summary>
/// <param name="Task">The work.</param>
/// <param name="Start">The state of the entry when the work began: a set or a remove detaches the work, and a later
/// caller begins new work.</param>
internal sealed record SharedWork<T>(Task<T> Task, LoadStart Start)
{
    private Guid _id;

    /// <summary>Identifies this work among all others; made when first used.</summary>
    public Guid Id => _id = _id == default ? Guid.NewGuid() : _id;
}
