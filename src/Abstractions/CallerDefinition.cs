namespace CacheOrleans;

/// <summary>Carries the definition by which a caller changes an entry, for calls that have no parameter for it.
/// </summary>
/// <remarks>It is sent in the call's request context: a silo of an earlier version ignores it, whereas a new method
/// would be an error there.</remarks>
internal static class CallerDefinition
{
    private const string Name = "CacheOrleans.Definition";

    /// <summary>The fingerprint of the definition of the current call's caller; zero: the caller has none.</summary>
    public static long Current => RequestContext.Get(Name) is long fingerprint ? fingerprint : 0;

    /// <summary>Sets the fingerprint for the calls that are made from here until the end of the asynchronous method.
    /// </summary>
    public static void Set(long fingerprint) => RequestContext.Set(Name, fingerprint);
}
