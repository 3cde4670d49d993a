using CacheOrleans.Alerts;
using CacheOrleans.Grains.Coordination;

namespace CacheOrleans.Grains.Alerts;

/// <summary>Carries out the decisions of the coordinator of alerts, and keeps a history of them.</summary>
/// <remarks>Its owner serializes access; each coordinator has its own.</remarks>
internal sealed class AlertSender(AlertDispatcher dispatcher, AlertDiagnostics diagnostics)
{
    private readonly History<(DateTimeOffset At, AlertKey Key, AlertDispatch? Dispatch)> _history = new();

    /// <summary>The last decisions, latest first.</summary>
    public IReadOnlyList<AlertDecision> Decisions => [.. _history.Latest.Select(decision => new AlertDecision(
        decision.At, decision.Key, decision.Dispatch?.Notice, decision.Dispatch?.Deliveries ?? []))];

    /// <inheritdoc cref="AlertDispatcher.Channels"/>
    public IReadOnlyList<string> Channels => dispatcher.Channels;

    /// <summary>Queues a message that was decided just now for delivery.</summary>
    public AlertDispatch Send(AlertNotice notice)
    {
        diagnostics.OnDecided(notice);
        return Resend(notice);
    }

    /// <summary>Queues a message that a former coordinator decided for delivery.</summary>
    public AlertDispatch Resend(AlertNotice notice)
    {
        var dispatch = dispatcher.Send(notice);
        _history.Add((notice.At, notice.Key, dispatch));
        return dispatch;
    }

    /// <summary>Records that no alert is sent for a key, because <c>Alerts:MaxKeys</c> is reached.</summary>
    public void Refuse(DateTimeOffset at, AlertKey key)
    {
        diagnostics.OnRefused(key);
        _history.Add((at, key, null));
    }
}
