using CacheOrleans.Alerts;

namespace CacheOrleans.Grains.Alerts;

/// <summary>The last decisions of the coordinator of alerts, and the deliveries of their messages.</summary>
/// <remarks>Its owner serializes access.</remarks>
internal sealed class AlertHistory
{
    /// <summary>The most decisions that are kept; the oldest is dropped first.</summary>
    public const int Capacity = 100;

    private readonly Queue<(DateTimeOffset At, AlertKey Key, AlertDispatch? Dispatch)> _decisions = new();

    /// <summary>The kept decisions, latest first.</summary>
    public IReadOnlyList<AlertDecision> Latest => [.. _decisions.Reverse().Select(decision =>
        new AlertDecision(
            decision.At, decision.Key, decision.Dispatch?.Notice, decision.Dispatch?.Deliveries ?? []))];

    /// <summary>Adds the decision to send a message.</summary>
    public void Add(AlertDispatch dispatch) => Add((dispatch.Notice.At, dispatch.Notice.Key, dispatch));

    /// <summary>Adds the decision to send no alert for a key.</summary>
    public void AddRefused(DateTimeOffset at, AlertKey key) => Add((at, key, null));

    private void Add((DateTimeOffset At, AlertKey Key, AlertDispatch? Dispatch) decision)
    {
        if (_decisions.Count == Capacity)
        {
            _decisions.Dequeue();
        }

        _decisions.Enqueue(decision);
    }
}
