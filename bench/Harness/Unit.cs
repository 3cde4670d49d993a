namespace CacheOrleans.Bench.Harness;

/// <summary>The unit of the figures of a row.</summary>
internal enum Unit
{
    /// <summary>Nanoseconds per operation.</summary>
    Nanoseconds,

    /// <summary>Milliseconds.</summary>
    Milliseconds,

    /// <summary>Operations per second.</summary>
    PerSecond,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>A number of items or events.</summary>
    Count,

    /// <summary>A part of a whole, 0 to 1.</summary>
    Part,
}
