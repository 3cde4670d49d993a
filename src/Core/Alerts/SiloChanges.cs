using CacheOrleans.Breaker;

namespace CacheOrleans.Alerts;

/// <summary>Keeps the manual changes until a report with them is answered.</summary>
/// <remarks>Its owner serializes access, and sends one report after the other.</remarks>
/// <param name="random">The source of the ids.</param>
internal sealed class SiloChanges(Random random)
{
    private readonly List<(TimeSpan At, ManualChange Change)> _changes = [];
    private int _sent;

    /// <summary>Whether every change was reported and the report answered.</summary>
    public bool IsEmpty => _changes.Count == 0;

    /// <summary>Whether there is a change that no report has contained.</summary>
    public bool HasNew => _changes.Count > _sent;

    /// <summary>Adds a manual change of the breaker's state.</summary>
    public void Add(TimeSpan now, BreakerTransition transition) => _changes.Add((
        now,
        new ManualChange(MessageId.Next(random), transition.From, transition.To, transition.By, TimeSpan.Zero)));

    /// <summary>Returns the changes to report now; null if there are none.</summary>
    public ManualChange[]? Report(TimeSpan now)
    {
        _sent = _changes.Count;
        return IsEmpty ? null : [.. _changes.Select(change => change.Change with { Age = now - change.At })];
    }

    /// <summary>Called when the changes of the last report were announced.</summary>
    public void OnAnnounced()
    {
        _changes.RemoveRange(0, _sent);
        _sent = 0;
    }
}
