namespace CacheOrleans.Client.Near;

/// <summary>How far a copy counts.</summary>
/// <param name="KeyVersion">Its key's key version.</param>
/// <param name="Stamp">The order of the operation that made the value.</param>
/// <param name="ExpiresAt">Until when it counts, as a timestamp of the near cache's clock.</param>
/// <param name="Tags">Its tags; null: none.</param>
/// <param name="Epoch">The epoch of tags in which it was found to count.</param>
internal readonly record struct CopyValidity(
    KeyVersion KeyVersion, long Stamp, long ExpiresAt, string[]? Tags, long Epoch);
