using CacheOrleans.Breaker;
using CacheOrleans.Storage;

namespace CacheOrleans.Core.Tests.Breaker.World;

/// <summary>A cluster with its coordinator, a network and a store, all simulated but the breaker.</summary>
/// <remarks>Every silo and every coordinator has a clock of its own, far from the others'.</remarks>
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

    /// <summary>One as a rule; two for a while; none.</summary>
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

    /// <summary>The coordinator is gone with all it knew; another begins.</summary>
    public void Restart() => Coordinators = [NewCoordinator()];

    /// <summary>Another coordinator begins beside the one there is.</summary>
    public void Split() => Coordinators = [.. Coordinators.Take(1), NewCoordinator()];

    /// <summary>One of two coordinators goes.</summary>
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
                var said = Coordinators[silo.Side % Coordinators.Count].Receive(report);
                Network.SendAnswer(() => answer(said));
            }
        });
    }

    /// <summary>An old report comes once more, or late; not so late that its silo may have been forgotten.</summary>
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

    /// <summary>A probe reads and writes; one that hangs ends when its permit does.</summary>
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

    /// <summary>No more faults, and one coordinator or none.</summary>
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
