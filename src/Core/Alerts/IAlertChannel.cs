namespace CacheOrleans.Alerts;

/// <summary>Delivers messages to people, such as the readers of a chat.</summary>
/// <remarks>One message is delivered at a time, by one silo of the cluster.</remarks>
public interface IAlertChannel
{
    /// <summary>The channel's name in metrics, logs and HTTP responses, such as <c>slack</c>.</summary>
    string Name { get; }

    /// <summary>The shortest time between the starts of two deliveries.</summary>
    TimeSpan Pace { get; }

    /// <summary>Delivers a message; the channel itself is responsible for retries.</summary>
    /// <param name="notice">The message.</param>
    /// <param name="cancellationToken">Canceled at the message's deadline, or when the silo stops.</param>
    /// <exception cref="AlertDeliveryException">The channel gives up; the exception's message says why, without
    /// secrets.</exception>
    Task DeliverAsync(AlertNotice notice, CancellationToken cancellationToken);
}
