using CacheOrleans.Chaos.Cluster;
using CacheOrleans.Chaos.Histories;
using CacheOrleans.Testing;
using CacheOrleans.Testing.Processes;

namespace CacheOrleans.Chaos.Scenarios;

/// <summary>Faults of silos, their machines and their clocks.</summary>
internal static class SiloFaults
{
    private const string FakeTime = "libfaketime.so.1";

    public static async Task KillAsync(ChaosRun run)
    {
        var (_, silo, witness) = run.AnySilo();
        using var harm = run.Begin(Harm.Messages | Harm.Queued);
        await silo.KillAsync();
        run.Over();
        await DeclaredDeadAsync(run, witness);
        await run.PassAsync(0.5);
        await run.Cluster.RepairAsync();
    }

    /// <summary>Freezes a silo until it has been declared dead.</summary>
    public static async Task FreezeAsync(ChaosRun run)
    {
        var (_, silo, witness) = run.AnySilo();
        using var harm = run.Begin(Harm.Messages | Harm.Queued);
        silo.Signal("STOP");
        await run.PassAsync();
        await DeclaredDeadAsync(run, witness);
        using (run.Begin(Harm.Zombie))
        {
            silo.Signal("CONT");
            run.Over();
            await Eventually.TrueAsync(() => silo.HasExited, "the silo learns that it was declared dead");
        }

        await run.Cluster.RepairAsync();
    }

    /// <summary>Freezes a silo several times, for too short to be declared dead as a rule.</summary>
    public static async Task StutterAsync(ChaosRun run)
    {
        var (_, silo, _) = run.AnySilo();
        using var harm = run.Begin(Harm.Messages | Harm.Queued | Harm.Zombie);
        for (var i = 0; i < 4 && !silo.HasExited; i++)
        {
            silo.Signal("STOP");
            await Latency.OfAsync(run.Random.Next(200, 1500));
            silo.Signal("CONT");
            await Latency.OfAsync(run.Random.Next(1500));
        }

        run.Over();
        await run.Cluster.RepairAsync();
    }

    /// <summary>Stops and starts all silos one after the other.</summary>
    public static async Task RollAsync(ChaosRun run)
    {
        using var harm = run.Begin(Harm.Messages);
        for (var number = 0; number < run.Cluster.Silos.Count; number++)
        {
            await run.Cluster.Silos[number].StopAsync();
            await run.Cluster.ReplaceAsync(number);
            await run.PassAsync(0.2);
        }

        run.Over();
    }

    /// <summary>Lets a silo run with a clock that is ahead, and then its keys pass to others.</summary>
    public static async Task SetClockAsync(ChaosRun run, int seconds)
    {
        var (number, silo, _) = run.AnySilo();
        var library = Component.Find(FakeTime, "/usr/lib/*/faketime")
            ?? throw new NotOnThisMachineException("libfaketime (apt-get install faketime)");
        run.BeginSkew(TimeSpan.FromSeconds(seconds));
        using (run.Begin(Harm.Messages))
        {
            await silo.StopAsync();
            await run.Cluster.ReplaceAsync(
                number, ("LD_PRELOAD", library), ("FAKETIME", $"+{seconds}s"), ("FAKETIME_DONT_FAKE_MONOTONIC", "1"));
        }

        await CheckClockAsync(run.Cluster.Silos[number], seconds);
        await run.PassAsync();
        using (run.Begin(Harm.Messages))
        {
            await run.Cluster.Silos[number].StopAsync();
            await run.Cluster.ReplaceAsync(number);
        }

        run.Over();
    }

    /// <summary>Cuts the connections between the last silo and another.</summary>
    /// <remarks>After the cut the systems may wait for many seconds before they send what was lost again.</remarks>
    public static async Task CutAsync(ChaosRun run)
    {
        var address = run.Servers.SiloAddresses[0];
        using var harm = run.Begin(Harm.Messages | Harm.Queued);
        run.Servers.Elsewhere!.Cut(address);
        await run.PassAsync();
        run.Servers.Elsewhere.Mend(address);
        run.Over();
        await run.Cluster.RepairAsync();
        await ChaosRunner.RecoveredAsync(run, TimeSpan.FromMinutes(2));
    }

    private static async Task CheckClockAsync(SiloProcess silo, int seconds)
    {
        using var response = await silo.Http.GetAsync("/healthz/live");
        if (response.Headers.Date - TimeProvider.System.GetUtcNow() < TimeSpan.FromSeconds(seconds - 1))
        {
            throw new InvalidOperationException($"The silo's clock is not ahead: {response.Headers.Date}.");
        }
    }

    private static Task DeclaredDeadAsync(ChaosRun run, SiloProcess witness) => Eventually.TrueAsync(
        async () => await witness.ActiveSilosAsync() < run.Cluster.Silos.Count, "the silo is declared dead");
}
