namespace CacheOrleans.Core.Tests.Breaker.World;

/// <summary>The single clock of a simulated cluster, with the actions that are due at each time.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Action, (TimeSpan At, long Order)> _due = new();
    private long _order;

    public TimeSpan Now { get; private set; }

    /// <summary>Runs after each action.</summary>
    public Action AfterEach { get; set; } = () => { };

    public void In(TimeSpan delay, Action action) => At(Now + delay, action);

    public void At(TimeSpan moment, Action action) =>
        _due.Enqueue(action, (moment < Now ? Now : moment, ++_order));

    public void Advance(TimeSpan span)
    {
        var end = Now + span;
        while (_due.TryPeek(out var action, out var key) && key.At <= end)
        {
            _due.Dequeue();
            Now = key.At;
            action();
            AfterEach();
        }

        Now = end;
        AfterEach();
    }
}
