using CacheOrleans.Breaker;
using CacheOrleans.Core.Tests.Breaker.World;
using CacheOrleans.Storage;
using CsCheck;

namespace CacheOrleans.Core.Tests.Breaker;

/// <summary>One silo cannot reach the store while the others can.</summary>
public sealed class SickSiloPropertyTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Occasional faults: stray failures, lost answers, a slow network, a new coordinator.</summary>
    /// <remarks>Reports are not lost: a silo that does not report for two heartbeats counts as gone, and then the sick
    /// one might be the only silo left.</remarks>
    private static readonly Gen<(int Kind, int Choice)[]> Faults =
        Gen.Select(Gen.Int[0, 11], Gen.Int[0, 5]).Array[10, 150];

    [Fact]
    public void OneFailingSilo_WithStrayFailuresElsewhere_OpensOnlyItsLocalBreaker() =>
        Gen.Select(Gen.Int[2, 6], Gen.Int[0, 9999], Faults).Sample((silos, seed, faults) =>
        {
            var world = new BreakerWorld(new BreakerOptions(), silos, seed);
            world.Agenda.Advance(Second);
            world.Silos[0].IsSick = true;
            var strayAt = TimeSpan.MinValue;
            foreach (var (kind, choice) in faults)
            {
                for (var i = 0; i < silos; i++)
                {
                    world.Call(world.Silos[i], i == 0 ? StoreOperation.Write : StoreOperation.Read, choice + kind);
                }

                if (kind == 0 && world.Now > strayAt + TimeSpan.FromSeconds(70))
                {
                    strayAt = world.Now;
                    world.Call(world.Silos[1 + (choice % (silos - 1))], StoreOperation.Write, choice, isStray: true);
                }

                Disturb(world, kind, choice);
                world.Agenda.Advance(choice * Second / 3);
                Assert.All(world.Coordinators, one =>
                    Assert.True(one.Snapshot.State == BreakerState.Closed, $"{world.Now} {one.Latest}"));
                Assert.All(world.Silos.Skip(1), silo => Assert.True(silo.View.Admits));
            }

            OpensLocally(world);
        }, iter: Math.Max(Check.Iter, 400));

    private static void Disturb(BreakerWorld world, int kind, int choice)
    {
        switch (kind)
        {
            case 1: world.Network.Loss[1 + (choice % 2)] = choice / 2 * 40; break;
            case 2: world.Network.Delay[choice % 3] = choice * 30; break;
            case 3: world.Repeat(choice); break;
            case 4 when choice == 0: world.Restart(); break;
        }
    }

    private static void OpensLocally(BreakerWorld world)
    {
        world.Heal();
        world.Silos[0].IsSick = true;
        for (var i = 0; i < 15; i++)
        {
            world.Call(world.Silos[0], StoreOperation.Write, i);
            world.Agenda.Advance(Second / 10);
        }

        world.Agenda.Advance(2 * Second);
        Assert.False(world.Silos[0].View.Admits);
        Assert.All(world.Coordinators, one =>
            Assert.True(one.Snapshot.State == BreakerState.Closed, $"{world.Now} {one.Latest}"));
        Assert.All(world.Silos.Skip(1), silo => Assert.True(silo.View.Admits));
    }
}
