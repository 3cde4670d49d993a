using CacheOrleans.Alerts;

namespace CacheOrleans.Grains.Alerts;

/// <summary>Tracks the delivery of one message by all channels.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class AlertDispatch
{
    private readonly Lock _lock = new();
    private readonly AlertDelivery[] _deliveries;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AlertDispatch(AlertNotice notice, IEnumerable<string> channels)
    {
        Notice = notice;
        _deliveries = [.. channels.Select(channel =>
            new AlertDelivery(channel, AlertDeliveryState.Pending, Error: null))];
        if (_deliveries.Length == 0)
        {
            _ended.SetResult();
        }
    }

    public AlertNotice Notice { get; }

    /// <summary>The current state of the delivery on each channel.</summary>
    public IReadOnlyList<AlertDelivery> Deliveries
    {
        get
        {
            lock (_lock)
            {
                return [.. _deliveries];
            }
        }
    }

    /// <summary>A task that ends when every channel has delivered the message or given it up, and that is canceled if
    /// the silo stops earlier.</summary>
    public Task Completion => _ended.Task;

    /// <summary>Records that a channel has delivered the message or given it up.</summary>
    /// <param name="channel">The channel's number.</param>
    /// <param name="why">Why the message was given up, without secrets; null if it was delivered.</param>
    public void OnEnded(int channel, string? why)
    {
        var state = why is null ? AlertDeliveryState.Delivered : AlertDeliveryState.GivenUp;
        lock (_lock)
        {
            _deliveries[channel] = _deliveries[channel] with { State = state, Error = why };
            if (!Array.Exists(_deliveries, delivery => delivery.State == AlertDeliveryState.Pending))
            {
                _ended.TrySetResult();
            }
        }
    }

    /// <summary>Called when the silo stops: cancels <see cref="Completion"/>.</summary>
    public void Cancel() => _ended.TrySetCanceled();
}
