namespace CacheOrleans.Client.Near;

/// <summary>What was found for a key, with what decides whether and how long a copy of it counts.</summary>
/// <param name="Value">The value, or that there is none.</param>
/// <param name="Stamp">The order of the operation that made it.</param>
/// <param name="Life">How long it counts, from when the question was sent; not positive: it is not to be kept.</param>
/// <param name="Tags">Its tags; null: none.</param>
internal readonly record struct NearFinding<T>(CachedValue<T> Value, long Stamp, TimeSpan Life, string[]? Tags)
{
    /// <summary>The same, kept for a lease at the most.</summary>
    public NearFinding<T> Within(TimeSpan lease) => Life <= lease ? this : this with { Life = lease };
}
