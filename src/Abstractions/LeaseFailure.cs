namespace CacheOrleans;

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
