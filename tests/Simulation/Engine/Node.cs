namespace CacheOrleans.Simulation.Engine;

/// <summary>A simulated process: what runs in it knows it, as <see cref="Current"/>.</summary>
internal abstract class Node
{
    private static readonly AsyncLocal<Node?> CurrentNode = new();

    private readonly ExecutionContext _context;

    protected Node(string name, Scheduler scheduler, TimeSpan clockSkew)
    {
        Name = name;
        Scheduler = scheduler;
        Time = new SimulatedTime(scheduler, this, clockSkew);
        var outer = ExecutionContext.Capture()!;
        CurrentNode.Value = this;
        _context = ExecutionContext.Capture()!;
        ExecutionContext.Restore(outer);
    }

    /// <summary>The process in which the caller runs; null outside of all processes.</summary>
    public static Node? Current => CurrentNode.Value;

    public string Name { get; }

    public Scheduler Scheduler { get; }

    /// <summary>The clock of the process.</summary>
    public SimulatedTime Time { get; }

    /// <summary>Whether the process has ended: nothing happens in it any more.</summary>
    public bool IsDead { get; private set; }

    /// <summary>When the process, which is frozen, continues.</summary>
    public TimeSpan FrozenUntil { get; private set; }

    /// <summary>Runs code in the process.</summary>
    public void Run(Action<object?> action, object? state)
    {
        var outer = ExecutionContext.Capture()!;
        ExecutionContext.Restore(_context);
        action(state);
        ExecutionContext.Restore(outer);
    }

    /// <summary>Ends the process at once.</summary>
    public virtual void Kill() => IsDead = true;

    /// <summary>Stops the process for a while, as if it got no processor time.</summary>
    public void Freeze(TimeSpan duration) => FrozenUntil = Scheduler.Now + duration;

    public override string ToString() => Name;
}
