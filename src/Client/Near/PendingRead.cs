namespace CacheOrleans.Client.Near;

/// <summary>A read of one key whose request has been sent to the owner.</summary>
/// <param name="KeyVersion">The version of the key, held by the reader.</param>
/// <param name="Writes">The key's <see cref="KeyVersion.Writes"/> when the read was sent.</param>
/// <param name="SentAt">When the request was sent, as a timestamp of the copies' clock.</param>
/// <param name="LocalStamp">The stamp of a value that this process loads from then on, which is above every stamp
/// invalidated so far.</param>
internal readonly record struct PendingRead(KeyVersion KeyVersion, long Writes, long SentAt, long LocalStamp);
