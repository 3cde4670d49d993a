using CacheOrleans.Breaker;
using CacheOrleans.Core.Tests.Breaker.World;
using CsCheck;

namespace CacheOrleans.Core.Tests.Breaker;

/// <summary>Checks the breaker of a simulated cluster while silos, messages, coordinators and the store fail at random.
/// </summary>
/// <remarks>The parts of the simulation, <see cref="WorldSilo"/> and <see cref="WorldCoordinator"/>, check what must
/// hold at every moment; these tests check what must hold at the end.</remarks>
public sealed class BreakerWorldPropertyTests
{
    private static readonly TimeSpan TwoHeartbeats = 2 * CircuitBreaker.Heartbeat;

    /// <summary>The environment variable CsCheck_Iter raises it.</summary>
    private static readonly long Iterations = Math.Max(Check.Iter, 300);

    [Fact]
    public void AnyHistory_WithAnySettings_BreaksNoRule() =>
        Worlds(WorldSettings.Any)
            .Sample((settings, silos, seed, steps) => { Run(settings, silos, seed, steps); }, iter: Iterations);

    [Fact]
    public void FaultsEnd_WithACoordinator_EverySiloAdmitsAgain() =>
        Worlds(WorldSettings.Usual)
            .Sample((settings, silos, seed, steps) =>
            {
                var world = Run(settings, silos, seed, steps);
                world.Heal();
                world.Join(0);
                Release(world);
                Wait(world, settings);
                Assert.All(world.Silos, silo => Assert.True(silo.View.Admits, $"{silo.Name} {silo.View}"));
                var version = world.Coordinators[0].Snapshot.Version;
                Assert.All(world.Silos, silo => Assert.Equal(version, silo.Known.Version));
            }, iter: Iterations);

    [Fact]
    public void FaultsEnd_WithoutACoordinator_EverySiloAdmitsAgain() =>
        Worlds(WorldSettings.Usual)
            .Sample((settings, silos, seed, steps) =>
            {
                var world = Run(settings, silos, seed, steps);
                world.Heal();
                world.LoseCoordinators();
                Wait(world, settings);
                Assert.All(world.Silos, silo => Assert.True(
                    silo.View.Admits || silo.Known.State == BreakerState.Isolated, $"{silo.Name} {silo.View}"));
            }, iter: Iterations);

    /// <remarks>Only histories with one predecessor are checked. If silos know of two, the new coordinator may continue
    /// the older one's versions as the younger one did, and then its pushes look like the younger one's.</remarks>
    [Fact]
    public void Restart_SilosKnowAState_NewCoordinatorAdoptsTheLatest() =>
        Worlds(WorldSettings.Any)
            .Sample((settings, silos, seed, steps) =>
            {
                var world = Run(settings, silos, seed, steps);
                world.Heal();
                var version = world.Silos.Max(silo => silo.Known.Version);
                var knowing = world.Silos.Where(silo => silo.Known.Version == version).ToArray();
                var known = knowing.MinBy(silo => silo.Known.TimeLeft)!.Known;
                if (!world.Silos.TrueForAll(silo => IsOf(version.Epoch, silo))
                    || known.State is not (BreakerState.Open or BreakerState.Isolated)
                    || knowing.Any(silo => silo.Known.State != known.State)
                    || known.TimeLeft < TimeSpan.FromSeconds(1))
                {
                    return;
                }

                var end = known.TimeLeft is { } left && left < TwoHeartbeats ? left : TwoHeartbeats;
                world.Restart();
                for (var passed = TimeSpan.Zero; passed < end - TimeSpan.FromMilliseconds(500);)
                {
                    world.Agenda.Advance(TimeSpan.FromMilliseconds(250));
                    passed += TimeSpan.FromMilliseconds(250);
                    Assert.All(knowing, silo => Assert.False(silo.View.Admits, $"{silo.Name} {silo.View}"));
                }

                if (known.TimeLeft is null || known.TimeLeft > TwoHeartbeats)
                {
                    Assert.Equal(known.State, world.Coordinators[0].Snapshot.State);
                    Assert.All(world.Silos, silo => Assert.Equal(known.State, silo.View.State));
                }
            }, iter: Iterations);

    private static Gen<(BreakerOptions Settings, int Silos, int Seed, WorldStep[] Steps)> Worlds(
        Gen<BreakerOptions> settings) => Gen.Select(settings, Gen.Int[1, 5], Gen.Int[0, 9999], WorldStep.Any);

    private static bool IsOf(long epoch, WorldSilo silo) =>
        silo.Known.Version.Epoch == 0 || silo.Known.Version.Epoch == epoch;

    private static BreakerWorld Run(BreakerOptions settings, int silos, int seed, WorldStep[] steps)
    {
        var world = new BreakerWorld(settings, silos, seed);
        foreach (var step in steps)
        {
            step.Take(world);
        }

        return world;
    }

    /// <summary>Closes the breaker manually if a manual change isolated or disabled it.</summary>
    private static void Release(BreakerWorld world)
    {
        world.Agenda.Advance(TwoHeartbeats);
        if (world.Coordinators[0].Snapshot.State is BreakerState.Isolated or BreakerState.Disabled)
        {
            world.Coordinators[0].ChangeManually((breaker, now) => breaker.Close(now));
        }
    }

    /// <summary>Waits for the longest break, another one in case a probe failed, and a few heartbeats.</summary>
    private static void Wait(BreakerWorld world, BreakerOptions settings) =>
        world.Agenda.Advance((2 * settings.MaxBreakDuration) + (3 * TwoHeartbeats));
}
