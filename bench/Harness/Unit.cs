namespace CacheOrleans.Bench.Harness;

/// <summary>What the figures of a row count.</summary>
internal enum Unit
{
    /// <summary>Nanoseconds for one operation.</summary>
    Nanoseconds,

    /// <summary>Milliseconds.</summary>
    Milliseconds,

    /// <summary>Operations a second.</summary>
    PerSecond,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Things or events.</summary>
    Count,

    /// <summary>A part of a whole, 0 to 1.</summary>
    Part,
}
