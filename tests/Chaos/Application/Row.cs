using System.Globalization;
using CacheOrleans.Definitions;

namespace CacheOrleans.Chaos.Application;

/// <summary>A row of the database. The rows of a group share a tag and a cache, and one application changes
/// them.</summary>
internal static class Row
{
    public const int Count = 30;
    public const int Groups = 6;
    private const int InGroup = Count / Groups;

    /// <summary>The caches: the breaker opens only when several fail.</summary>
    public static readonly CacheDefinition<int, string>[] Caches =
    [
        new("row", "row:{id}", TimeSpan.FromHours(2)),
        new("item", "item:{id}", TimeSpan.FromHours(2)),
    ];

    public static int GroupOf(int row) => row / InGroup;

    public static IReadOnlyList<int> Of(int group) => [.. Enumerable.Range(group * InGroup, InGroup)];

    public static CacheDefinition<int, string> Cache(int row) => Caches[GroupOf(row) % Caches.Length];

    public static string Tag(int group) => string.Create(CultureInfo.InvariantCulture, $"group{group}");

    /// <summary>The value of a row's entry.</summary>
    public static string Value(int row, long version) =>
        string.Create(CultureInfo.InvariantCulture, $"{row}:{version}");

    /// <summary>Returns the version of a value.</summary>
    /// <exception cref="InvalidDataException">It is the value of another row.</exception>
    public static long Version(int row, string value) => value.Split(':') is [var of, var version]
        && int.Parse(of, CultureInfo.InvariantCulture) == row
            ? long.Parse(version, CultureInfo.InvariantCulture)
            : throw new InvalidDataException($"Row {row} has the value '{value}'.");
}
