using CacheOrleans.Simulation.Histories;
using CacheOrleans.Simulation.Outside;

namespace CacheOrleans.Simulation.Cluster;

/// <summary>Everything that one history happens in.</summary>
internal sealed class SimulatedCluster
{
    private readonly Action<string>? _log;

    public SimulatedCluster(
        Plan plan, IServiceProvider root, GrainFactories factories, Sabotage sabotage, Action<string>? log)
    {
        Faults = plan.Faults;
        Scheduler = new Scheduler(plan.Seed);
        HasLittleRoom = plan.Seed % 4 == 0;
        Root = root;
        Factories = factories;
        Network = new Network(this);
        Membership = new Membership(this);
        Redis = new SimulatedRedis(Scheduler, sabotage);
        Sabotage = sabotage;
        Chat = new Chat(Scheduler);
        Loads = new Loads(plan, this);
        _log = log;
    }

    public Scheduler Scheduler { get; }

    /// <summary>The kinds of faults that may happen.</summary>
    public Faults Faults { get; }

    /// <summary>What is broken on purpose.</summary>
    public Sabotage Sabotage { get; }

    public IServiceProvider Root { get; }

    public GrainFactories Factories { get; }

    /// <summary>Whether the limits of silos are so low that histories reach them.</summary>
    public bool HasLittleRoom { get; }

    public Network Network { get; }

    public Membership Membership { get; }

    public Directory Directory { get; } = new();

    public SimulatedRedis Redis { get; }

    public Chat Chat { get; }

    public Database Database { get; } = new();

    public Loads Loads { get; }

    /// <summary>When the last silo joined.</summary>
    public TimeSpan JoinedAt { get; private set; }

    /// <summary>The orderly stops of silos.</summary>
    public Stops Stops { get; } = new();

    public List<SiloNode> Silos { get; } = [];

    public List<ClientNode> Clients { get; } = [];

    public Dictionary<GrainId, ClientNode> Observers { get; } = [];

    public SiloNode? Find(SiloAddress? address) => Silos.Find(silo => silo.Address.Equals(address));

    /// <summary>Writes a line of the story, if somebody reads it.</summary>
    public void Log([System.Runtime.CompilerServices.InterpolatedStringHandlerArgument("")] ref StoryLine line)
    {
        if (line.IsWanted)
        {
            _log!(line.ToText());
        }
    }

    /// <summary>Adds a silo, and starts it.</summary>
    public SiloNode AddSilo(TimeSpan clockSkew)
    {
        var silo = new SiloNode(this, Silos.Count, clockSkew);
        Silos.Add(silo);
        JoinedAt = Scheduler.Now;
        silo.Run(static silo => _ = ((SiloNode)silo!).StartAsync(), silo);
        return silo;
    }

    public ClientNode AddClient(string options)
    {
        var client = new ClientNode(this, $"client{Clients.Count}", options);
        Clients.Add(client);
        return client;
    }

    public bool IsWatched => _log is not null;

    /// <summary>A text that is made only if somebody reads it.</summary>
    [System.Runtime.CompilerServices.InterpolatedStringHandler]
    internal ref struct StoryLine
    {
        private System.Runtime.CompilerServices.DefaultInterpolatedStringHandler _text;

        public StoryLine(int literalLength, int formattedCount, SimulatedCluster world, out bool isWanted)
        {
            IsWanted = isWanted = world.IsWatched;
            if (isWanted)
            {
                _text = new(literalLength, formattedCount);
                _text.AppendFormatted(world.Scheduler.Now.TotalMilliseconds, 12, "0.000");
                _text.AppendLiteral("  ");
            }
        }

        public bool IsWanted { get; }

        public void AppendLiteral(string text) => _text.AppendLiteral(text);

        public void AppendFormatted<T>(T value, string? format = null) => _text.AppendFormatted(value, format);

        public string ToText() => _text.ToStringAndClear();
    }
}
