namespace CacheOrleans.Fuzz.Targets;

/// <summary>Makes texts out of pieces.</summary>
internal static class Pieces
{
    /// <summary>Joins some of the pieces.</summary>
    public static string Some(this Random random, IReadOnlyList<string> pieces, int most)
    {
        var count = random.Next(most + 1);
        return string.Concat(Enumerable.Range(0, count).Select(_ => random.One(pieces)));
    }

    /// <summary>Returns one of the pieces.</summary>
    public static string One(this Random random, IReadOnlyList<string> pieces) => pieces[random.Next(pieces.Count)];
}
