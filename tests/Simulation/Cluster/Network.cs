namespace CacheOrleans.Simulation.Cluster;

/// <summary>Delivers messages late, not at all, or twice.</summary>
internal sealed class Network(SimulatedCluster world)
{
    private readonly HashSet<(Node From, Node To)> _cuts = [];

    /// <summary>The share of the messages that are lost.</summary>
    public double Loss { get; set; }

    /// <summary>The longest time that a message usually takes.</summary>
    public TimeSpan Latency { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>The share of the messages that take up to <see cref="LongDelay"/>.</summary>
    public double Slow { get; set; }

    public TimeSpan LongDelay { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Lets no message pass in one direction.</summary>
    public void Cut(Node from, Node to) => _cuts.Add((from, to));

    /// <summary>Mends all cuts.</summary>
    public void Mend()
    {
        _cuts.Clear();
        Loss = 0;
        Slow = 0;
    }

    public void Send(Node from, Node to, Action<object?> deliver, object? state)
    {
        var random = world.Scheduler.Random;
        if (from != to && (_cuts.Contains((from, to)) || (Loss > 0 && random.NextDouble() < Loss)))
        {
            world.Log($"a message from {from} to {to} is lost");
            return;
        }

        world.Scheduler.After(from == to ? TimeSpan.Zero : Delay(random), to, deliver, state);
    }

    private TimeSpan Delay(Random random) => Slow > 0 && random.NextDouble() < Slow
        ? world.Scheduler.Between(Latency, LongDelay)
        : world.Scheduler.Between(TimeSpan.FromTicks(500), Latency);
}
