namespace CacheOrleans;

/// <summary>Says by which definition a caller changes an entry, where the call itself has no place for it.</summary>
/// <remarks>It travels beside the call: a silo of a version before it takes no note, where another method would be an
/// error to it.</remarks>
internal static class CallerDefinition
{
    private const string Name = "CacheOrleans.Definition";

    /// <summary>The fingerprint of the definition of who makes the call that runs; zero: it has none.</summary>
    public static long Current => RequestContext.Get(Name) is long fingerprint ? fingerprint : 0;

    /// <summary>Sets it for the calls that are made from here on, up to the end of the asynchronous method.</summary>
    public static void Set(long fingerprint) => RequestContext.Set(Name, fingerprint);
}
