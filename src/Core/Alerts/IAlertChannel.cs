namespace CacheOrleans.Alerts;

/// <summary>Delivers messages to people, such as those who read a chat.</summary>
/// <remarks>One message is delivered at a time, by one silo of the cluster.</remarks>
public interface IAlertChannel
{
    /// <summary>What it is called in metrics, logs and answers: <c>slack</c>.</summary>
    string Name { get; }

    /// <summary>The least time between the starts of two deliveries.</summary>
    TimeSpan Pace { get; }

    /// <summary>Delivers a message; trying again is its own matter.</summary>
    /// <param name="notice">The message.</param>
    /// <param name="cancellationToken">Ends with the message's deadline, or when the silo stops.</param>
    /// <exception cref="AlertDeliveryException">It is given up; the message says why, without secrets.</exception>
    Task DeliverAsync(AlertNotice notice, CancellationToken cancellationToken);
}
