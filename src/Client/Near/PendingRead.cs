namespace CacheOrleans.Client.Near;

/// <summary>A read of one key that has been sent to the owner.</summary>
/// <param name="KeyVersion">The key's version, held by the reader.</param>
/// <param name="Writes">The key's <see cref="KeyVersion.Writes"/> when the read was sent.</param>
/// <param name="SentAt">When the read was sent, as a timestamp of the copies' clock.</param>
/// <param name="LocalStamp">The stamp of a value that this process loads from then on. It is above all that had been
/// invalidated.</param>
internal readonly record struct PendingRead(KeyVersion KeyVersion, long Writes, long SentAt, long LocalStamp);
