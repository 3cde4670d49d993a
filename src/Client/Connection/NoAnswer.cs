using Orleans.Runtime.Messaging;

namespace CacheOrleans.Client.Connection;

/// <summary>Tells errors that mean that nobody answered from errors that are answers.</summary>
internal static class NoAnswer
{
    /// <summary>Whether an error of a call that was sent came from the way to the grain, and not from the
    /// grain.</summary>
    public static bool Is(Exception exception) => exception
        is TimeoutException
        or OrleansMessageRejectionException // with it SiloUnavailableException
        or ConnectionFailedException
        or ClientNotAvailableException
        or GatewayTooBusyException
        or ObjectDisposedException // the connection is being replaced, or the host stops
        or OperationCanceledException;
}
