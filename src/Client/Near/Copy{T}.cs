namespace CacheOrleans.Client.Near;

/// <summary>A value that this process may keep, with the limits of its validity.</summary>
/// <param name="Value">The value, which may be missing.</param>
/// <param name="Stamp">The stamp of the operation that made the value.</param>
/// <param name="Life">How long the copy may be used, counted from when the read was sent; if zero or less, it is not
/// kept.</param>
/// <param name="Tags">The value's tags; null: no tags.</param>
/// <param name="IsLocal">Whether the owner does not know of the value; the stamp is not the owner's then.</param>
internal readonly record struct Copy<T>(
    CachedValue<T> Value, long Stamp, TimeSpan Life, string[]? Tags, bool IsLocal = false)
{
    /// <summary>Returns the same copy with a life of at most a lease.</summary>
    public Copy<T> Within(TimeSpan lease) => Life <= lease ? this : this with { Life = lease };
}
