namespace CacheOrleans;

/// <summary>The value that the holder of a lease has loaded.</summary>
/// <param name="Lease">The lease's id.</param>
/// <param name="Value">The value; null if the key has no value. Its bytes must not be changed afterwards.</param>
/// <param name="TimeToLive">A time to live for this value only; null: that of the cache.</param>
/// <param name="Tags">The value's tags; null if it has none.</param>
/// <param name="Life">The lifetimes in the caller's definition.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.LeaseCompletion")]
public sealed record LeaseCompletion(
    [property: Id(0)] Guid Lease,
    [property: Id(1)] byte[]? Value,
    [property: Id(2)] TimeSpan? TimeToLive = null,
    [property: Id(3)] string[]? Tags = null,
    [property: Id(4)] CacheLife? Life = null);

/// <summary>Why the holder of a lease could not load the value.</summary>
/// <param name="Lease">The lease's id.</param>
/// <param name="Message">The error's message.</param>
/// <param name="ErrorType">The full name of the error's type.</param>
/// <param name="Trace">The error's stack trace; empty when there is none.</param>
/// <param name="Error">The error itself, serialized by the holder's process for the other waiting processes, so that
/// silos need not know its type. Null when it could not be serialized.</param>
/// <param name="IsGivenUp">Whether the load did not fail but was abandoned because no caller in the holder's process
/// waits for it any more. The next waiting caller then gets the lease, and no error is reported.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.LeaseFailure")]
public sealed record LeaseFailure(
    [property: Id(0)] Guid Lease,
    [property: Id(1)] string Message,
    [property: Id(2)] string ErrorType,
    [property: Id(3)] string Trace,
    [property: Id(4)] byte[]? Error,
    [property: Id(5)] bool IsGivenUp = false);

/// <summary>The outcome of delivering a value that was loaded under a lease.</summary>
/// <param name="IsKept">Whether the owner keeps the value. It does not if the lease had ended, if the entry was set or
/// removed meanwhile, or if the value is too large.</param>
/// <param name="Stamp">The value's stamp, which orders it among the operations on the key; zero when the lease was
/// unknown.</param>
/// <param name="TimeLeft">How long the value is valid; zero when it is not kept.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.LeaseOutcome")]
public sealed record LeaseOutcome(
    [property: Id(0)] bool IsKept, [property: Id(1)] long Stamp, [property: Id(2)] TimeSpan TimeLeft);
