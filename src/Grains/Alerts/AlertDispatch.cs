using CacheOrleans.Alerts;

namespace CacheOrleans.Grains.Alerts;

/// <summary>A message on its way to all channels.</summary>
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

    /// <summary>What has become of it so far, on each channel.</summary>
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

    /// <summary>Ends when every channel has delivered it or given it up; is cancelled when the silo stops before.
    /// </summary>
    public Task Completion => _ended.Task;

    /// <summary>A channel has delivered it, or given it up.</summary>
    /// <param name="channel">The channel's number.</param>
    /// <param name="why">Why it was given up, without secrets; null: it was delivered.</param>
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

    /// <summary>The silo stops.</summary>
    public void Cancel() => _ended.TrySetCanceled();
}
