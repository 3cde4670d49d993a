using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization.Invocation;

namespace CacheOrleans.Simulation.Cluster;

/// <summary>A process of the cluster: a silo or a client.</summary>
internal abstract class ClusterNode : Node
{
    private readonly AsyncServiceScope _scope;

    protected ClusterNode(SimulatedCluster world, string name, TimeSpan clockSkew)
        : base(name, world.Scheduler, clockSkew)
    {
        World = world;
        _scope = world.Root.CreateAsyncScope();
        _scope.ServiceProvider.GetRequiredService<NodeScope>().Node = this;
    }

    public SimulatedCluster World { get; }

    public IServiceProvider Services => _scope.ServiceProvider;

    /// <summary>The calls of this process that have no answer yet.</summary>
    public HashSet<Call> Pending { get; } = [];

    /// <summary>Sends a call on its way.</summary>
    public abstract void Dispatch(Call call);

    /// <summary>Takes a call that has arrived here.</summary>
    public abstract void Receive(Call call);

    /// <summary>Passes a call to another process.</summary>
    public void Forward(Call call, ClusterNode target)
    {
        call.At = target;
        World.Network.Send(this, target, static call => ((Call)call!).At!.Receive((Call)call), call);
    }

    /// <summary>Sends an answer back.</summary>
    public void Answer(Call call, Response response)
    {
        if (!call.IsOneWay)
        {
            var copy = call.Copy(response);
            World.Network.Send(this, call.Sender, _ => call.Complete(copy), null);
        }
    }

    /// <summary>Ends the calls to a silo that is known to be dead.</summary>
    public void BreakCallsTo(ClusterNode dead)
    {
        foreach (var call in Pending.Where(call => call.At == dead).ToList())
        {
            call.Fail(new SiloUnavailableException($"{dead} is dead."));
        }
    }

    public override string ToString() => Name;

    /// <summary>Frees what does not go with the process's memory, at the end of the history.</summary>
    public void Forget() => Services.GetRequiredService<IMeterFactory>().Dispose();
}
