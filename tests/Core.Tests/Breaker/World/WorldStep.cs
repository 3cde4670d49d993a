using CacheOrleans.Storage;
using CsCheck;

namespace CacheOrleans.Core.Tests.Breaker.World;

/// <summary>One event in a cluster.</summary>
/// <param name="Kind">The kind of event.</param>
/// <param name="Silo">The silo it happens to.</param>
/// <param name="Choice">A choice among the variants of the event.</param>
internal readonly record struct WorldStep(int Kind, int Silo, int Choice)
{
    public static readonly Gen<WorldStep[]> Any =
        Gen.Select(Gen.Int[0, 21], Gen.Int[0, 9], Gen.Int[0, 11], (kind, silo, choice) =>
            new WorldStep(kind, silo, choice)).Array[1, 60];

    private static readonly int[] Milliseconds = [1, 20, 99, 100, 101, 250, 1000, 3000, 5000, 10_000, 20_000, 60_000];

    public void Take(BreakerWorld world)
    {
        if (Kind <= 13)
        {
            Use(world);
        }
        else
        {
            Disturb(world);
        }
    }

    private void Use(BreakerWorld world)
    {
        var silo = world.Silos.Count == 0 ? null : world.Silos[Silo % world.Silos.Count];
        var operation = (StoreOperation)(Choice % 2);
        switch (Kind)
        {
            case 0: silo?.Begin(); break;
            case 1: silo?.End(Choice / 2, operation, "user", Silo % 2 == 0); break;
            case 2 or 3: Burst(world, silo, operation, Choice + 2); break;
            case 4: world.Silos.ForEach(one => world.Call(one, (StoreOperation)1, 0)); break;
            case 5: StrayEverywhere(world); break;
            case 6 when silo is not null: Stray(world, silo); break;
            case 7: PassBreak(world, silo); break;
            case 8: (world.AreReadsDown, world.AreWritesDown) = (Choice % 3 == 0, Choice % 2 == 0); break;
            case 9: world.DoProbesHang = Choice % 3 == 0; break;
            case 10 when silo is not null: silo.IsSick = !silo.IsSick; break;
            default: world.Agenda.Advance(TimeSpan.FromMilliseconds(Milliseconds[Choice])); break;
        }
    }

    private void Disturb(BreakerWorld world)
    {
        switch (Kind)
        {
            case 14: world.Network.Loss[Silo % 3] = Choice % 3 * 50; break;
            case 15: world.Network.Delay[Silo % 3] = Choice % 3 * (Silo % 3 == 2 ? 20_000 : 90); break;
            case 16: world.Repeat(Choice + (Silo * 10)); break;
            case 17 when Silo % 2 == 0 && world.Silos.Count < 6: world.Join(); break;
            case 17 when world.Silos.Count > 1: world.Leave(world.Silos[Silo % world.Silos.Count]); break;
            case 18: Command(world); break;
            case 19: world.Restart(); break;
            case 20: Divide(world); break;
            case 21 when Choice % 4 == 0: world.LoseCoordinators(); break;
        }
    }

    /// <summary>Divides the silos between two coordinators, or returns to one coordinator.</summary>
    private void Divide(BreakerWorld world)
    {
        if (world.Coordinators.Count == 2)
        {
            world.Join(Choice);
            return;
        }

        world.Split();
        for (var i = 0; i < world.Silos.Count; i++)
        {
            world.Silos[i].Side = (Silo >> i) & 1;
        }
    }

    private void Command(BreakerWorld world)
    {
        if (world.Coordinators.Count == 0)
        {
            return;
        }

        var breaker = world.Coordinators[Silo % world.Coordinators.Count];
        var settings = breaker.Snapshot.Settings;
        switch (Choice)
        {
            case 0 or 1: breaker.ChangeManually((one, now) => one.Isolate(now)); break;
            case 2 or 3 or 4: breaker.ChangeManually((one, now) => one.Close(now)); break;
            case 5: breaker.ChangeManually((one, now) => one.Disable(now)); break;
            case 6: breaker.Change(settings with { FailureThreshold = Silo }); break;
            case 7: breaker.Change(settings with { SamplingDuration = TimeSpan.FromSeconds(1 + (Silo * 10)) }); break;
            case 8: breaker.Change(settings with { MaxConcurrentProbes = Silo % 4 }); break;
            case 9: breaker.Change(settings with { Quorum = 1 + (Silo % 3) }); break;
            case 10: breaker.Change(settings with { ProbesToClose = 1 + Silo }); break;
            default: breaker.Change(settings with { BackoffMultiplier = 1 + (Silo / 5.0) }); break;
        }
    }

    /// <summary>Lets calls of several caches fail, one shortly after another.</summary>
    private static void Burst(BreakerWorld world, WorldSilo? silo, StoreOperation operation, int calls)
    {
        for (var i = 0; i < calls && silo is not null; i++)
        {
            world.Call(silo, operation, i, isStray: true);
            world.Agenda.Advance(TimeSpan.FromMilliseconds(1));
        }
    }

    private void StrayEverywhere(BreakerWorld world)
    {
        foreach (var silo in world.Silos)
        {
            Stray(world, silo);
        }
    }

    private void Stray(BreakerWorld world, WorldSilo silo) =>
        world.Call(silo, (StoreOperation)(Choice % 2), Choice, isStray: true);

    /// <summary>Moves to the end of the break that a silo knows of, or one tick before or after.</summary>
    private void PassBreak(BreakerWorld world, WorldSilo? silo)
    {
        if (silo?.Known.TimeLeft is { } left && left < TimeSpan.FromDays(1) && left.Ticks + (Choice % 3) > 0)
        {
            world.Agenda.Advance(left + TimeSpan.FromTicks((Choice % 3) - 1));
        }
    }
}
