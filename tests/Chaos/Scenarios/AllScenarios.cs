namespace CacheOrleans.Chaos.Scenarios;

/// <summary>The scenarios, in the order of the table.</summary>
internal static class AllScenarios
{
    private const string Order = "(architecture.md#order)";
    private const string WithoutRoom = "(architecture.md#writes-without-room)";
    private const string Near = "(near-cache.md#what-is-guaranteed)";
    private const string Client = "(client.md#when-silos-do-not-respond)";
    private const string NoCallFails = "No call fails, and [a key is loaded once](behaviour.md#lookup)";

    public static readonly IReadOnlyList<Scenario> List =
    [
        new("steady", "none",
            $"[No read is older than an acknowledged change]{Near}; a key is loaded once", OtherFaults.NoneAsync),
        new("kill", "a silo is killed, and another one started",
            $"Reads go on. What was `Applied` stays; [what was `Queued` there may be undone]{WithoutRoom}",
            SiloFaults.KillAsync),
        new("freeze", "a silo freezes until it is declared dead, and runs again",
            $"Reads [go on without it]{Client}; until it ends [it may answer from its memory]{Order}",
            SiloFaults.FreezeAsync),
        new("stutter", "a silo freezes four times for up to 1.5 s", $"As with `freeze`: [go on]{Client}",
            SiloFaults.StutterAsync),
        new("roll", "all silos stop and start again, one after the other",
            $"Reads go on, and [what waits is handed over]{WithoutRoom}: nothing is undone", SiloFaults.RollAsync),
        new("cut-silo", "two of three silos cannot reach each other",
            $"Reads [go on]{Client}, and nothing `Applied` is undone", SiloFaults.CutAsync)
            { Shape = new(IsSplit: true), IsMixed = false },
        new("clock", "the clock of a silo is 2 s ahead; then others take its keys",
            $"[The error is never more than the skew]{Order}", run => SiloFaults.SetClockAsync(run, 2))
            { IsMixed = false },
        new("clock-far", "the same, 30 s ahead", $"[The error is never more than the skew]{Order}",
            run => SiloFaults.SetClockAsync(run, 30))
            { IsMixed = false },
        new("redis-pause", "Redis is suspended", $"{NoCallFails}; writes wait", RedisFaults.PauseAsync),
        new("redis-empty", "Redis is killed and started again without its data", NoCallFails,
            RedisFaults.RestartEmptyAsync),
        new("redis-full", "Redis is out of memory and refuses writes", $"{NoCallFails}; writes wait",
            RedisFaults.FillAsync),
        new("redis-failover", "Redis is killed, and its replica becomes the master",
            $"{NoCallFails}; [what the replica had not yet received may be lost]{Order}", RedisFaults.FailOverAsync)
            { Shape = new(HasReplica: true), IsMixed = false },
        new("redis-cut", "one silo cannot reach Redis", $"{NoCallFails}; writes of that silo wait",
            RedisFaults.CutAsync)
            { Shape = new(IsSplit: true), IsMixed = false },
        new("evict", "Redis is suspended while silos evict most entries; then these are read from it",
            $"No call fails, and [no older value returns]{WithoutRoom}", RedisFaults.EvictAsync)
            { Shape = new(LittleMemory), IsMixed = false },
        new("overflow", "Redis is suspended, queues overflow, most entries are evicted, and a silo stops",
            $"Accepted changes [are not undone]{WithoutRoom}: a key without room is a miss", RedisFaults.OverflowAsync)
            { Shape = new(SmallQueues), IsMixed = false },
        new("isolate", "the breaker is isolated manually, and a silo stops",
            $"Accepted changes [are not undone]{WithoutRoom}", RedisFaults.IsolateAsync),
        new("membership-pause", "the membership's Redis is suspended",
            "[No silo stops](architecture.md#membership), and no call fails", OtherFaults.PauseMembershipAsync),
        new("database", "PostgreSQL: the table is locked, connections are ended, the server restarts",
            "What is in the cache is read; [a miss has the database's error](operations.md#the-database-is-stopped)",
            OtherFaults.BreakDatabaseAsync),
        new("client-freeze", "an application freezes and runs again",
            $"Others [wait for its lease](client.md#fallbacks), and [its copies have expired]{Near}",
            OtherFaults.FreezeApplicationAsync),
        new("client-kill", "an application is killed, and another one started",
            "Others [wait for its lease](client.md#fallbacks); no read of theirs fails",
            OtherFaults.KillApplicationAsync),
    ];

    private static Dictionary<string, string> LittleMemory => new() { ["Entries__MaxCount"] = "4" };

    private static Dictionary<string, string> SmallQueues => new(LittleMemory)
    {
        ["WriteBehind__Capacity"] = "4",
        ["WriteBehind__RemoveCapacity"] = "4",
    };
}
