namespace CacheOrleans.Client.Hybrid;

/// <summary>Numbers the types of values.</summary>
internal static class TypeOrdinals
{
    private static int _last = -1;

    private static int Next() => Interlocked.Increment(ref _last);

    /// <summary>The number of a type.</summary>
    public static class Of<T>
    {
        /// <summary>The number, the same for the life of the process.</summary>
        public static readonly int Value = Next();
    }
}
