using CacheOrleans.Entries;

namespace CacheOrleans.Grains.Entries;

/// <summary>An entry that this silo owns: what it holds, and what it does about it.</summary>
internal sealed class OwnedEntry
{
    public OwnedEntry(EntryIdentity identity, IEntryActivation activation, EntryServices services)
    {
        Identity = identity;
        Activation = activation;
        Services = services;
        Memory = new(identity.Cache.Definition, services.Time);
        Writes = new(this);
        Loads = new(this);
        Leases = new(this);
    }

    public EntryIdentity Identity { get; }

    public BoundCache Cache => Identity.Cache;

    public IEntryActivation Activation { get; }

    public EntryServices Services { get; }

    public TimeProvider Time => Services.Time;

    public EntryMemory Memory { get; }

    public EntryWrites Writes { get; }

    public EntryLoads Loads { get; }

    public EntryLeases Leases { get; }

    public CacheAnswer Answer(FoundEntry found) => new(
        found.Entry.Value, found.Source, Memory.Age(found.Entry.CreatedAt), found.Entry.Stamp.Value);

    public EntryReply Reply(FoundEntry found) => found.Source == EntrySource.None
        ? new EntryReply(EntryStatus.Nothing, Stamp: found.Entry.Stamp.Value)
        : new EntryReply(
            found.Entry.Value is null ? EntryStatus.NotFound : EntryStatus.Value,
            found.Entry.Value,
            found.Source,
            found.Entry.Stamp.Value,
            Memory.Age(found.Entry.CreatedAt),
            Memory.TimeLeft(found.Entry.ExpiresAt));
}
