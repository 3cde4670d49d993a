namespace CacheOrleans.Alerts;

/// <summary>The exception of a channel that gives up the delivery of a message.</summary>
public sealed class AlertDeliveryException : Exception
{
    /// <summary>Creates an exception without a message.</summary>
    public AlertDeliveryException()
    {
    }

    /// <summary>Creates an exception whose message says why the delivery was given up.</summary>
    public AlertDeliveryException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception whose message says why the delivery was given up, with the cause.</summary>
    public AlertDeliveryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
