namespace CacheOrleans;

/// <summary>Why the holder of a lease has no value.</summary>
/// <param name="Lease">The lease's id.</param>
/// <param name="Message">What the error says.</param>
/// <param name="ErrorType">The full name of its type.</param>
/// <param name="Trace">Its stack trace; empty without one.</param>
/// <param name="Error">The error itself, serialized by the holder's process for the others that wait: silos need not
/// know its type. Null when it could not be serialized.</param>
/// <param name="IsGivenUp">Whether the load did not fail, and nobody waits for it where it ran: the next caller that
/// waits gets the lease, and nobody is told of an error.</param>
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
