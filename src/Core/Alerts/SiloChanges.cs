using CacheOrleans.Breaker;

namespace CacheOrleans.Alerts;

/// <summary>Keeps what was changed manually until a report of it is answered.</summary>
/// <remarks>Its owner serializes access, and makes one report after the other.</remarks>
/// <param name="random">Makes ids.</param>
internal sealed class SiloChanges(Random random)
{
    private readonly List<(TimeSpan At, ManualChange Change)> _changes = [];
    private int _sent;

    /// <summary>Whether everything has been reported.</summary>
    public bool IsEmpty => _changes.Count == 0;

    /// <summary>Whether there is a change that no report has had.</summary>
    public bool HasNew => _changes.Count > _sent;

    /// <summary>Somebody changed the breaker's state.</summary>
    public void Add(TimeSpan now, BreakerTransition transition) => _changes.Add((
        now,
        new ManualChange(MessageId.Next(random), transition.From, transition.To, transition.By, TimeSpan.Zero)));

    /// <summary>Returns what to report now; null: nothing.</summary>
    public ManualChange[]? Report(TimeSpan now)
    {
        _sent = _changes.Count;
        return IsEmpty ? null : [.. _changes.Select(change => change.Change with { Age = now - change.At })];
    }

    /// <summary>What the last report had is announced.</summary>
    public void OnAnnounced()
    {
        _changes.RemoveRange(0, _sent);
        _sent = 0;
    }
}
