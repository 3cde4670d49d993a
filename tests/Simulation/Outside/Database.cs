using CacheOrleans.Definitions;

namespace CacheOrleans.Simulation.Outside;

/// <summary>The database behind the caches: a version for each key, which each change increases.</summary>
internal sealed class Database
{
    private readonly Dictionary<Row, int> _versions = [];

    /// <summary>The version of a row now.</summary>
    public int this[Row row] => _versions.GetValueOrDefault(row, 1);

    /// <summary>Changes a row.</summary>
    /// <returns>The new version.</returns>
    public int Change(Row row) => _versions[row] = this[row] + 1;

    /// <summary>The value of a row's version.</summary>
    public static string Value(Row row, int version) => $"{row}#{version}";

    /// <summary>The version of a value that was read; zero if it is not a value of that row.</summary>
    public static int VersionOf(Row row, string value)
    {
        var mark = value.LastIndexOf('#');
        return mark > 0 && value.AsSpan(0, mark).SequenceEqual(row.ToString())
            ? int.Parse(value.AsSpan(mark + 1), System.Globalization.CultureInfo.InvariantCulture)
            : 0;
    }
}

/// <summary>A row, which is the source of one entry.</summary>
internal readonly record struct Row(int Cache, int Key)
{
    public CacheDefinition<int, string> Definition => Caches.All[Cache];

    public override string ToString() => $"{Definition.Name}:{Key}";
}
