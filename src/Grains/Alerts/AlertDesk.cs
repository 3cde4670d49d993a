using CacheOrleans.Alerts;

namespace CacheOrleans.Grains.Alerts;

/// <summary>Carries out what the coordinator of alerts decides, and remembers it.</summary>
/// <remarks>Its owner serialises access; each coordinator has its own.</remarks>
internal sealed class AlertDesk(AlertDispatcher dispatcher, AlertDiagnostics diagnostics)
{
    private readonly AlertHistory _history = new();

    /// <summary>The last decisions, latest first.</summary>
    public IReadOnlyList<AlertDecision> Decisions => _history.Latest;

    /// <inheritdoc cref="AlertDispatcher.Channels"/>
    public IReadOnlyList<string> Channels => dispatcher.Channels;

    /// <summary>Has a message delivered that was decided just now.</summary>
    public AlertDispatch Send(AlertNotice notice)
    {
        diagnostics.OnDecided(notice);
        return Resend(notice);
    }

    /// <summary>Has a message delivered that a former coordinator decided.</summary>
    public AlertDispatch Resend(AlertNotice notice)
    {
        var dispatch = dispatcher.Send(notice);
        _history.Add(dispatch);
        return dispatch;
    }

    /// <summary>Nobody is told of a key, for there is no room.</summary>
    public void Refuse(DateTimeOffset at, AlertKey key)
    {
        diagnostics.OnRefused(key);
        _history.AddRefused(at, key);
    }
}
