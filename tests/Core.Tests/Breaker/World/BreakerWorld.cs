using CacheOrleans.Breaker;
using CacheOrleans.Storage;

namespace CacheOrleans.Core.Tests.Breaker.World;

/// <summary>A cluster with its coordinator, a network and a store; all but the breaker is simulated.</summary>
/// <remarks>Every silo and every coordinator has its own clock, which differs widely from the others.</remarks>
internal sealed class BreakerWorld
{
    private static readonly string[] Caches = ["user", "home", "cart"];

    private readonly Random _random;
    private readonly BreakerOptions _settings;
    private readonly List<(BreakerReport Report, TimeSpan At)> _history = [];
    private int _joined;

    public BreakerWorld(BreakerOptions settings, int silos, int seed)
    {
        _settings = settings;
        _random = new Random(seed);
        Network = new Network(Agenda, _random);
        Coordinators = [NewCoordinator()];
        for (var i = 0; i < silos; i++)
        {
            Join();
        }

        Agenda.AfterEach = () => Silos.ForEach(silo => silo.Check());
    }

    public Agenda Agenda { get; } = new();

    public Network Network { get; }

    public List<WorldSilo> Silos { get; } = [];

    /// <summary>Usually one; for a while there may be two or none.</summary>
    public List<WorldCoordinator> Coordinators { get; private set; }

    public bool AreReadsDown { get; set; }

    public bool AreWritesDown { get; set; }

    public bool DoProbesHang { get; set; }

    public TimeSpan Now => Agenda.Now;

    public void Join() => Silos.Add(new WorldSilo(
        this, $"silo{++_joined}", _settings, _random.Next(), TimeSpan.FromSeconds(_random.Next(1_000_000))));

    public void Leave(WorldSilo silo)
    {
        silo.Die();
        Silos.Remove(silo);
    }

    /// <summary>Replaces the coordinator by a new one, which knows nothing.</summary>
    public void Restart() => Coordinators = [NewCoordinator()];

    /// <summary>Starts a second coordinator beside the first.</summary>
    public void Split() => Coordinators = [.. Coordinators.Take(1), NewCoordinator()];

    /// <summary>Removes one of two coordinators.</summary>
    public void Join(int stays) =>
        Coordinators = Coordinators.Count == 0 ? [NewCoordinator()] : [Coordinators[stays % Coordinators.Count]];

    public void LoseCoordinators() => Coordinators = [];

    public void Report(WorldSilo silo, BreakerReport report, Action<BreakerAnswer> answer)
    {
        _history.Add((report, Now));
        Network.SendReport(() =>
        {
            if (Coordinators.Count > 0)
            {
                var reply = Coordinators[silo.Side % Coordinators.Count].Receive(report);
                Network.SendAnswer(() => answer(reply));
            }
        });
    }

    /// <summary>Delivers an old report again or late, but not so late that its silo may have been forgotten.</summary>
    public void Repeat(int back)
    {
        _history.RemoveAll(sent => Now - sent.At > 2 * CircuitBreaker.Heartbeat);
        if (_history.Count > 0 && Coordinators.Count > 0)
        {
            Coordinators[back % Coordinators.Count].Receive(_history[^(1 + (back % _history.Count))].Report);
        }
    }

    public void Push(BreakerSnapshot snapshot)
    {
        foreach (var silo in Silos)
        {
            Network.SendPush(() => silo.OnPush(snapshot));
        }
    }

    /// <summary>Returns how a probe (a read and a write) ends; one that hangs ends when its permit expires.</summary>
    public (TimeSpan Takes, bool IsSuccess) Probe(WorldSilo silo, TimeSpan limit)
    {
        var takes = TimeSpan.FromMilliseconds(2);
        return DoProbesHang || takes > limit ? (limit, false)
            : (takes, !silo.IsSick && !AreReadsDown && !AreWritesDown);
    }

    public void Call(WorldSilo silo, StoreOperation operation, int cache, bool isStray = false)
    {
        silo.Begin();
        End(silo, 0, operation, cache, isStray);
    }

    public void End(WorldSilo silo, int which, StoreOperation operation, int cache, bool isStray)
    {
        var isDown = operation == StoreOperation.Read ? AreReadsDown : AreWritesDown;
        silo.End(which, operation, Caches[cache % Caches.Length], !isStray && !isDown && !silo.IsSick);
    }

    /// <summary>Ends all faults and drops the messages that are under way.</summary>
    public void Heal()
    {
        AreReadsDown = AreWritesDown = DoProbesHang = false;
        Silos.ForEach(silo => silo.IsSick = false);
        Network.Heal();
        Network.Cut();
    }

    private WorldCoordinator NewCoordinator() =>
        new(this, _settings, _random.Next(), TimeSpan.FromSeconds(_random.Next(1_000_000)));
}
