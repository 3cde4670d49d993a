namespace CacheOrleans.Simulation.Engine;

/// <summary>Virtual time, and the events that will happen in it.</summary>
/// <remarks>Everything happens on the only thread of the pool, so nothing here is locked. Events at the same moment
/// happen in the order in which they were scheduled.</remarks>
internal sealed class Scheduler(int seed)
{
    private readonly PriorityQueue<Event, (long At, long Number)> _events = new();
    private long _number;
    private Event _last;

    /// <summary>Every choice of a history comes from here.</summary>
    public Random Random { get; } = new(seed);

    /// <summary>The virtual time since the start of the history.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>How many events have happened.</summary>
    public long Count { get; private set; }

    /// <summary>Describes the last event.</summary>
    public string Last => $"{_last.Node} {_last.Action?.Method.DeclaringType}.{_last.Action?.Method.Name}";

    /// <summary>Schedules an event.</summary>
    /// <param name="delay">The time until the event.</param>
    /// <param name="node">The process in which it happens; null: outside of all processes.</param>
    /// <param name="action">What happens.</param>
    /// <param name="state">Passed to <paramref name="action"/>.</param>
    public void After(TimeSpan delay, Node? node, Action<object?> action, object? state = null) =>
        At(Now + (delay > TimeSpan.Zero ? delay : TimeSpan.Zero), node, action, state);

    /// <summary>Returns a random time between two limits.</summary>
    public TimeSpan Between(TimeSpan least, TimeSpan most) =>
        least + TimeSpan.FromTicks(Random.NextInt64((most - least).Ticks + 1));

    /// <summary>Lets the next event happen.</summary>
    /// <exception cref="InvalidOperationException">No event is scheduled.</exception>
    public void RunNext()
    {
        if (!_events.TryDequeue(out var next, out var due))
        {
            throw new InvalidOperationException("No event is scheduled.");
        }

        Now = TimeSpan.FromTicks(due.At);
        Count++;
        _last = next;
        if (next.Node is null)
        {
            next.Action(next.State);
        }
        else if (next.Node.FrozenUntil > Now)
        {
            At(next.Node.FrozenUntil, next.Node, next.Action, next.State);
        }
        else if (!next.Node.IsDead)
        {
            next.Node.Run(next.Action, next.State);
        }
    }

    private void At(TimeSpan at, Node? node, Action<object?> action, object? state) =>
        _events.Enqueue(new(node, action, state), (at.Ticks, _number++));

    private readonly record struct Event(Node? Node, Action<object?> Action, object? State);
}
