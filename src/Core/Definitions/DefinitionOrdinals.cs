namespace CacheOrleans.Definitions;

/// <summary>Numbers the typed definitions of the process.</summary>
internal static class DefinitionOrdinals
{
    private static int _last = -1;

    public static int Next() => Interlocked.Increment(ref _last);
}
