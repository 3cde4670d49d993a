using CacheOrleans.Entries;

namespace CacheOrleans.Grains.Entries;

/// <summary>Work for an entry that runs, and that all who need its result share.</summary>
/// <param name="Task">The work.</param>
/// <param name="Start">The state of the entry when it began: a set or a remove detaches the work, and a later caller
/// begins anew.</param>
internal sealed record SharedWork<T>(Task<T> Task, LoadStart Start)
{
    private Guid _id;

    /// <summary>Tells it from all other work.</summary>
    public Guid Id => _id = _id == default ? Guid.NewGuid() : _id;
}
