namespace CacheOrleans.Client.Near;

/// <summary>A question about a key that is on its way.</summary>
/// <param name="KeyVersion">The key's key version, held by who asks.</param>
/// <param name="Known">What was known of the key's changes when it was sent.</param>
/// <param name="SentAt">When it was sent.</param>
/// <param name="LocalStamp">The stamp of what is loaded in this process from then on: above all that had been
/// invalidated.</param>
internal readonly record struct NearQuestion(KeyVersion KeyVersion, NearMoment Known, long SentAt, long LocalStamp);
