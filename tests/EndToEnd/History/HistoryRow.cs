using CacheOrleans.Definitions;

namespace CacheOrleans.EndToEnd.History;

/// <summary>A row that a history changes, and how its entry is read.</summary>
/// <param name="Cache">The cache; its key is the row's number.</param>
/// <param name="Id">The row's number.</param>
/// <param name="HasLoader">Whether the silos have a loader for it.</param>
/// <param name="IsTroubled">Whether some of its fallbacks throw or exceed their timeout.</param>
internal sealed record HistoryRow(CacheDefinition<int, string> Cache, int Id, bool HasLoader, bool IsTroubled)
{
    /// <summary>The time to live of an entry: longer than any history.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(2);

    /// <summary>The canonical text of the entry's key.</summary>
    public string Key { get; } = Cache.Key(Id).Text;

    /// <summary>The only tag of the entry; some rows share it.</summary>
    public string Tag { get; } = Id % 2 == 0 ? "even" : "odd";

    /// <summary>Creates rows of one cache.</summary>
    public static IEnumerable<HistoryRow> Range(
        string cache, int first, int count, bool haveLoader = false, bool areTroubled = false)
    {
        var definition = new CacheDefinition<int, string>(cache, $"{cache}:{{id}}", Life);
        return Enumerable.Range(first, count)
            .Select(id => new HistoryRow(definition, id, haveLoader, areTroubled));
    }
}
