namespace CacheOrleans.Client.Near;

/// <summary>A value that a process may keep, with what limits its use.</summary>
/// <param name="Value">The value, or that there is none.</param>
/// <param name="Stamp">The order of the operation that made the value.</param>
/// <param name="Life">How long the copy may be used, from when the read was sent; zero or less: it is not kept.</param>
/// <param name="Tags">The value's tags; null: none.</param>
internal readonly record struct Copy<T>(CachedValue<T> Value, long Stamp, TimeSpan Life, string[]? Tags)
{
    /// <summary>The same copy, used for a lease at most.</summary>
    public Copy<T> Within(TimeSpan lease) => Life <= lease ? this : this with { Life = lease };
}
