namespace CacheOrleans.Silo.Http;

/// <summary>What the owner of an entry holds, as <c>GET /api/caches/{name}/entry/description</c> shows it.</summary>
internal sealed record EntryDescriptionView(
    string Key,
    string State,
    int Bytes,
    double AgeSeconds,
    double TimeLeftSeconds,
    long Stamp,
    bool IsLoading,
    bool HasPendingWrite,
    string Silo)
{
    public static EntryDescriptionView Of(EntryDescription entry) => new(
        entry.Key,
        Shown.Name(entry.State),
        entry.Bytes,
        Shown.Seconds(entry.Age),
        Shown.Seconds(entry.TimeLeft),
        entry.Stamp,
        entry.IsLoading,
        entry.HasPendingWrite,
        entry.Silo);
}
