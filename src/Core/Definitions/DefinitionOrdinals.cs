namespace CacheOrleans.Definitions;

/// <summary>Assigns a number to each typed definition of the process.</summary>
internal static class DefinitionOrdinals
{
    private static int _last = -1;

    public static int Next() => Interlocked.Increment(ref _last);
}
