namespace CacheOrleans.Alerts;

/// <summary>A channel gave a message up.</summary>
public sealed class AlertDeliveryException : Exception
{
    /// <summary>Makes one that says nothing.</summary>
    public AlertDeliveryException()
    {
    }

    /// <summary>Makes one that says why.</summary>
    public AlertDeliveryException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one that says why, with the cause.</summary>
    public AlertDeliveryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
