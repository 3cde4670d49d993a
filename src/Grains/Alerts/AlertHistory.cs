using CacheOrleans.Alerts;

namespace CacheOrleans.Grains.Alerts;

/// <summary>The last decisions of the coordinator of alerts, and how far their messages are.</summary>
/// <remarks>Its owner serialises access.</remarks>
internal sealed class AlertHistory
{
    /// <summary>How many are kept; older ones give way.</summary>
    public const int Capacity = 100;

    private readonly Queue<(DateTimeOffset At, AlertKey Key, AlertDispatch? Dispatch)> _decisions = new();

    /// <summary>What is kept, latest first.</summary>
    public IReadOnlyList<AlertDecision> Latest => [.. _decisions.Reverse().Select(decision =>
        new AlertDecision(
            decision.At, decision.Key, decision.Dispatch?.Notice, decision.Dispatch?.Deliveries ?? []))];

    /// <summary>Remembers a message.</summary>
    public void Add(AlertDispatch dispatch) => Add((dispatch.Notice.At, dispatch.Notice.Key, dispatch));

    /// <summary>Remembers that nobody is told of a key.</summary>
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
