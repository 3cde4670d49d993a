using CacheOrleans.Alerts;

namespace CacheOrleans.Grains.Alerts;

/// <summary>Carries out the decisions of the coordinator of alerts, and keeps a history of them.</summary>
/// <remarks>Its owner serializes access; each coordinator has its own.</remarks>
internal sealed class AlertSender(AlertDispatcher dispatcher, AlertDiagnostics diagnostics)
{
    private readonly AlertHistory _history = new();

    /// <summary>The last decisions, latest first.</summary>
    public IReadOnlyList<AlertDecision> Decisions => _history.Latest;

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
        _history.Add(dispatch);
        return dispatch;
    }

    /// <summary>Records that no alert is sent for a key, because <c>Alerts:MaxKeys</c> is reached.</summary>
    public void Refuse(DateTimeOffset at, AlertKey key)
    {
        diagnostics.OnRefused(key);
        _history.AddRefused(at, key);
    }
}
