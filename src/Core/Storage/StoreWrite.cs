namespace CacheOrleans.Storage;

/// <summary>One write or remove on its way to a backing store.</summary>
/// <param name="Key">Where it goes.</param>
/// <param name="Record">What is to stand there, unless something later does.</param>
/// <param name="KeepUntil">When the store lets go of it, by the writer's clock: the record's own expiry, or later.
/// A write that still waits then is dropped.</param>
public sealed record StoreWrite(StoreKey Key, StoreRecord Record, DateTimeOffset KeepUntil);
