using CacheOrleans.Client;
using CacheOrleans.Client.Connection;
using CacheOrleans.Client.Registration;

namespace CacheOrleans.Simulation.Cluster;

/// <summary>A process with a client.</summary>
internal sealed class ClientNode : ClusterNode
{
    private readonly List<IGrainObserver> _observers = [];
    private readonly Dictionary<GrainId, IGrainObserver> _byId = [];
    private CacheClientInstance? _instance;
    private IReadOnlyList<SiloNode> _gateways = [];
    private long _version;

    public ClientNode(SimulatedCluster world, string name, string options)
        : base(world, name, clockSkew: TimeSpan.Zero)
    {
        Connection = new ClientConnection(new ClientGrains(this));
        OptionsName = options;
    }

    /// <summary>The name of the client's options.</summary>
    public string OptionsName { get; }

    public IClusterConnection Connection { get; }

    public ICacheClient Client => Instance.Client;

    public CacheClientInstance Instance => _instance ??= CacheClientInstance.Make(Services, OptionsName);

    /// <summary>Takes the list of silos that this client may call, unless it knows a later one.</summary>
    public void UseGateways(long version, IReadOnlyList<SiloNode> gateways)
    {
        if (version > _version)
        {
            _version = version;
            _gateways = gateways;
        }
    }

    /// <summary>Ends the client in order.</summary>
    public void Stop()
    {
        _instance?.Dispose();
        _instance = null;
    }

    /// <summary>Gives an object of this process an id, under which silos call it.</summary>
    public GrainId Register(IGrainObserver observer)
    {
        var id = GrainId.Create(Addresses.ObserverType, $"{Name}+{_observers.Count}");
        _observers.Add(observer);
        _byId[id] = observer;
        World.Observers[id] = this;
        return id;
    }

    public override void Dispatch(Call call)
    {
        var gateways = _gateways;
        if (gateways.Count == 0)
        {
            call.Fail(new SiloUnavailableException("There is no gateway."));
            return;
        }

        Forward(call, gateways[(int)(call.Target.GetUniformHashCode() % (uint)gateways.Count)]);
    }

    public override void Receive(Call call)
    {
        if (World.Sabotage != Sabotage.LoseNotifications && _byId.TryGetValue(call.Target, out var observer))
        {
            call.Request.SetTarget(new Target(observer));
            _ = RunAsync(call);
        }
    }

    private async Task RunAsync(Call call) => Answer(call, await call.Request.Invoke());
}
