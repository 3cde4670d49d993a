namespace CacheOrleans.Simulation.Cluster;

/// <summary>The process to which a scope belongs.</summary>
internal sealed class NodeScope
{
    public Node? Node { get; set; }
}
