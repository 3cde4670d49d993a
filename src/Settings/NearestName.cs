namespace CacheOrleans.Settings;

/// <summary>Finds the known name that was probably meant.</summary>
public static class NearestName
{
    /// <summary>Finds the name with the fewest different characters, or else one that begins or ends with words like
    /// the written ones.</summary>
    /// <param name="name">The name as written.</param>
    /// <param name="names">The known names.</param>
    /// <returns>The nearest name; null when no name is near.</returns>
    public static string? Of(string name, IEnumerable<string> names) => names
        .SelectMany(known => Parts(known).Select(part => (
            Name: known, Part: part, Distance: Distance(name.ToUpperInvariant(), part.ToUpperInvariant()))))
        .Where(known => known.Distance <=
            (known.Part == known.Name ? Math.Max(2, known.Name.Length / 3) : (known.Part.Length + 1) / 3))
        .OrderBy(known => known.Distance + (known.Part == known.Name ? 0 : 2))
        .Select(known => known.Name)
        .FirstOrDefault();

    /// <summary>Returns a name, and its first and last words: <c>FailureThreshold</c>, <c>Failure</c>,
    /// <c>Threshold</c>.</summary>
    private static IEnumerable<string> Parts(string name) => Enumerable.Range(1, Math.Max(0, name.Length - 1))
        .Where(index => char.IsUpper(name[index]))
        .SelectMany(index => new[] { name[..index], name[index..] })
        .Prepend(name);

    /// <summary>Returns the Levenshtein distance.</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var changed = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }
}
