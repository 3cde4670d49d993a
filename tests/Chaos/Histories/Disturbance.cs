namespace CacheOrleans.Chaos.Histories;

/// <summary>What the documents do not promise while a fault lasts.</summary>
[Flags]
internal enum Harm
{
    None = 0,

    /// <summary>Messages or silos are lost: copies may live for their near-lease, a silo may learn later that a tag
    /// ended, a change may fail, and applications may load by themselves.</summary>
    Messages = 1,

    /// <summary>A silo ends without order: its queued changes are lost.</summary>
    Queued = 2,

    /// <summary>A silo that was declared dead runs, and may answer from its memory.</summary>
    Zombie = 4,

    /// <summary>The database fails: reads that need it fail.</summary>
    Database = 8,

    /// <summary>The clock of a silo is ahead.</summary>
    Clock = 16,

    /// <summary>There is no room in memory or in a queue: values are loaded again, and an owner that is evicted while
    /// Redis is away may respond late.</summary>
    Room = 64,

    /// <summary>An application does not run, or has been replaced.</summary>
    Application = 32,
}

/// <summary>The time of a fault, by the machine's counter.</summary>
/// <param name="Harm">What is not promised.</param>
/// <param name="Begin">When it begins.</param>
/// <param name="End">When it ends.</param>
/// <param name="Skew">How far a clock is ahead.</param>
internal sealed record Disturbance(Harm Harm, long Begin, long End, TimeSpan Skew = default)
{
    public bool Overlaps(long begin, long end) => Begin <= end && begin <= End;
}
