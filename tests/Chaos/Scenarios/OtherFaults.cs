using CacheOrleans.Chaos.Application;
using CacheOrleans.Chaos.Histories;

namespace CacheOrleans.Chaos.Scenarios;

/// <summary>Faults of the membership, the database and the applications.</summary>
internal static class OtherFaults
{
    public static async Task NoneAsync(ChaosRun run)
    {
        await run.PassAsync();
        run.Over();
    }

    public static async Task PauseMembershipAsync(ChaosRun run)
    {
        run.Servers.Membership.Pause();
        await run.PassAsync();
        run.Servers.Membership.Resume();
        run.Over();
    }

    /// <summary>Locks the table, ends all connections, and restarts the server.</summary>
    public static async Task BreakDatabaseAsync(ChaosRun run)
    {
        await using var table = new RowTable(run.Servers.Postgres.ConnectionString, new Random(0));
        using var harm = run.Begin(Harm.Database);
        var seconds = (int)Math.Ceiling(run.Length.TotalSeconds / 3);
        await table.ExecuteAsync($"begin; lock table rows; select pg_sleep({seconds}); commit");
        await table.ExecuteAsync(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            + "where pid <> pg_backend_pid() and datname = 'postgres'");
        await run.PassAsync(0.3);
        await run.Servers.Postgres.StopServerAsync();
        await run.PassAsync(0.3);
        await run.Servers.Postgres.StartServerAsync();
        run.Over();
    }

    public static async Task FreezeApplicationAsync(ChaosRun run)
    {
        var application = run.Cluster.Applications[run.Random.Next(run.Cluster.Applications.Count)];
        using var harm = run.Begin(Harm.Application);
        application.Signal("STOP");
        await run.PassAsync();
        application.Signal("CONT");
        run.Over();
    }

    public static async Task KillApplicationAsync(ChaosRun run)
    {
        using var harm = run.Begin(Harm.Application);
        await run.Cluster.RestartApplicationAsync(run.Random.Next(run.Cluster.Applications.Count));
        run.Over();
        await run.PassAsync(0.5);
    }
}
