using CacheOrleans.Grains.Alerts;
using CacheOrleans.Grains.Breaker;
using CacheOrleans.Grains.HandOver;
using CacheOrleans.Grains.Tags;
using CacheOrleans.Redis.WriteBehind;
using CacheOrleans.Simulation.Outside;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization.Invocation;

namespace CacheOrleans.Simulation.Cluster;

/// <summary>A silo: the real grains and services, without Orleans' messaging, directory and membership.</summary>
internal sealed class SiloNode : ClusterNode
{
    private static readonly TimeSpan IdleAge = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan CollectionPeriod = TimeSpan.FromMinutes(1);

    private readonly Dictionary<GrainId, Activation> _activations = [];
    private readonly Dictionary<Type, object> _services = [];
    private readonly SiloStages _stages = new();
    private int _activationCount;

    public SiloNode(SimulatedCluster world, int number, TimeSpan clockSkew)
        : base(world, $"silo{number}", clockSkew)
    {
        Address = Addresses.Of(number);
        Details = new SiloDetails(Name, Address);
        Membership = new MembershipView(this);
        Redis = new SimulatedRedisConnection(this, world.Redis);
    }

    public SiloAddress Address { get; }

    public ILocalSiloDetails Details { get; }

    /// <summary>What this silo knows of the members of the cluster.</summary>
    public MembershipView Membership { get; }

    public SimulatedRedisConnection Redis { get; }

    public IReadOnlyCollection<Activation> Activations => _activations.Values;

    public ActivationId NextActivation() => ActivationId.GetDeterministic(
        GrainId.Create("activation", $"{Name}+{_activationCount++}"));

    /// <summary>Starts the services in the order of Orleans' stages.</summary>
    public async Task StartAsync()
    {
        await Services.GetRequiredService<WriteBehindQueue>().StartAsync(CancellationToken.None);
        AddService<ITagService, TagService>();
        AddService<IBreakerService, BreakerService>();
        AddService<IAlertService, AlertService>();
        AddService<IHandOverService, HandOverService>();
        foreach (var participant in Services.GetServices<ILifecycleParticipant<ISiloLifecycle>>())
        {
            if (participant.GetType().Namespace!.StartsWith("CacheOrleans", StringComparison.Ordinal))
            {
                participant.Participate(_stages);
            }
        }

        World.Membership.Change(this, SiloStatus.Active);
        await _stages.StartAsync();
        Time.CreateTimer(_ => Collect(), null, CollectionPeriod, CollectionPeriod);
    }

    /// <summary>Stops in order, as a host does.</summary>
    public async Task StopAsync()
    {
        World.Stops.Begin();
        World.Membership.Change(this, SiloStatus.ShuttingDown);
        await _stages.StopAsync(from: ServiceLifecycleStage.Active);
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The silo stops.");
        foreach (var activation in _activations.Values.ToList())
        {
            activation.Deactivate(reason);
        }

        await Task.WhenAny(
            Task.WhenAll(_activations.Values.Select(activation => activation.Deactivated).ToList()),
            Task.Delay(TimeSpan.FromSeconds(30), Time));
        await _stages.StopAsync(from: int.MinValue);
        await Services.GetRequiredService<WriteBehindQueue>().StopAsync(CancellationToken.None);
        World.Membership.Change(this, SiloStatus.Dead);
        World.Stops.End(Scheduler.Now, isLast: !World.Membership.Active.Any());
        Kill();
    }

    public override void Dispatch(Call call) => Route(call);

    public override void Receive(Call call)
    {
        if (_services.TryGetValue(call.Request.GetInterfaceType(), out var service))
        {
            call.Request.SetTarget(new Target(service));
            _ = RunAsync(call);
        }
        else
        {
            Route(call);
        }
    }

    /// <summary>Brings a call to its target, wherever that is.</summary>
    public void Route(Call call)
    {
        if (_activations.TryGetValue(call.Target, out var known))
        {
            known.Receive(call);
        }
        else if (!call.Hop())
        {
            Answer(call, Response.FromException(new SiloUnavailableException("The call was passed on too often.")));
        }
        else if (World.Observers.TryGetValue(call.Target, out var client))
        {
            Forward(call, client);
        }
        else if (call.Target.IsSystemTarget())
        {
            ToService(call);
        }
        else
        {
            ToGrain(call);
        }
    }

    public void Remove(Activation activation)
    {
        _activations.Remove(activation.GrainId);
        World.Directory.Remove(activation.GrainId, this);
    }

    /// <summary>Ends the activations whose place in the directory was lost with another silo.</summary>
    public void LosePlaces(IReadOnlyCollection<GrainId> lost)
    {
        var reason = new DeactivationReason(DeactivationReasonCode.DirectoryFailure, "Its place was lost.");
        foreach (var activation in _activations.Values.Where(a => lost.Contains(a.GrainId)).ToList())
        {
            activation.Deactivate(reason);
        }
    }

    private void ToService(Call call)
    {
        _ = SystemTargetGrainId.TryParse(call.Target, out var id);
        if (World.Find(id.GetSiloAddress()) is not { } silo
            || Membership.CurrentSnapshot.GetSiloStatus(silo.Address) == SiloStatus.Dead)
        {
            Answer(call, Response.FromException(new SiloUnavailableException("The silo is dead.")));
        }
        else if (silo == this)
        {
            Receive(call);
        }
        else
        {
            Forward(call, silo);
        }
    }

    private void ToGrain(Call call)
    {
        var kind = World.Factories.KindOf(call.Target.Type);
        if (kind.IsLocal)
        {
            Activate(call, kind);
            return;
        }

        var owner = World.Directory.Find(call.Target, this) ?? Membership.Place(call.Target);
        if (owner is null)
        {
            Answer(call, Response.FromException(new SiloUnavailableException("There is no silo.")));
        }
        else if (owner == this)
        {
            World.Directory.Add(call.Target, this);
            Activate(call, kind);
        }
        else
        {
            Forward(call, owner);
        }
    }

    private void Activate(Call call, GrainKind kind)
    {
        var activation = new Activation(this, call.Target, kind);
        _activations.Add(call.Target, activation);
        activation.Receive(call);
    }

    private async Task RunAsync(Call call) => Answer(call, await call.Request.Invoke());

    private void AddService<TInterface, TService>() =>
        _services.Add(typeof(TInterface), World.Factories.MakeService(typeof(TService), Services));

    private void Collect()
    {
        var reason = new DeactivationReason(DeactivationReasonCode.ActivationIdle, "It is idle.");
        foreach (var activation in _activations.Values.Where(activation => activation.IsIdle(IdleAge)).ToList())
        {
            activation.Deactivate(reason);
        }
    }

    private sealed record SiloDetails(string Name, SiloAddress SiloAddress) : ILocalSiloDetails
    {
        public string ClusterId => "simulated";

        public string DnsHostName => Name;

        public SiloAddress GatewayAddress => SiloAddress;
    }
}
