namespace CacheOrleans.Client.Hybrid;

/// <summary>Assigns ordinals to the types of values.</summary>
internal static class TypeOrdinals
{
    private static int _last = -1;

    private static int Next() => Interlocked.Increment(ref _last);

    /// <summary>The ordinal of a type.</summary>
    public static class Of<T>
    {
        /// <summary>The ordinal, which stays the same for the life of the process.</summary>
        public static readonly int Value = Next();
    }
}
