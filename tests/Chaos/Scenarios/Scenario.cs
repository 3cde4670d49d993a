using CacheOrleans.Chaos.Cluster;

namespace CacheOrleans.Chaos.Scenarios;

/// <summary>A fault of a running cluster, and what is promised about it.</summary>
/// <param name="Name">A word, for the command line and the table.</param>
/// <param name="Fault">What happens.</param>
/// <param name="Promise">What the documents promise, in Markdown, with a link.</param>
/// <param name="ActAsync">Makes the fault and repairs it.</param>
internal sealed record Scenario(string Name, string Fault, string Promise, Func<ChaosRun, Task> ActAsync)
{
    /// <summary>What it needs of its cluster.</summary>
    public ClusterShape Shape { get; init; } = new();

    /// <summary>Whether the soak uses it too.</summary>
    public bool IsMixed { get; init; } = true;
}
