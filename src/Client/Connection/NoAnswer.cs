using Orleans.Runtime.Messaging;

namespace CacheOrleans.Client.Connection;

/// <summary>Distinguishes errors that mean that no silo answered from errors that a silo answered with.</summary>
internal static class NoAnswer
{
    /// <summary>Whether an error of a call that was sent arose on the way to the grain, and not in the grain.</summary>
    public static bool Is(Exception exception) => exception
        is TimeoutException
        or OrleansMessageRejectionException // with it SiloUnavailableException
        or ConnectionFailedException
        or ClientNotAvailableException
        or GatewayTooBusyException
        or ObjectDisposedException // the connection is being replaced, or the host stops
        or OperationCanceledException;
}
