using System.Globalization;

namespace CacheOrleans.Chaos.Histories;

/// <summary>What one scenario has shown, and which promises it broke.</summary>
internal sealed record Figures
{
    public required int Reads { get; init; }

    public required int FailedReads { get; init; }

    public required int Changes { get; init; }

    public required int FailedChanges { get; init; }

    /// <summary>Stale reads that used no copies.</summary>
    public required int StaleStrict { get; init; }

    /// <summary>Reads of copies that are older than a change of another application, beyond the bound.</summary>
    public required int StaleCopies { get; init; }

    /// <summary>Reads of copies that are older than a change of the same application.</summary>
    public required int StaleOwn { get; init; }

    public required int MostLoads { get; init; }

    /// <summary>Rows that Redis has with an older version than an acknowledged one.</summary>
    public required int Lost { get; init; }

    /// <summary>Changes acknowledged as queued that were undone because their silo ended.</summary>
    public required int UndoneQueued { get; init; }

    /// <summary>The longest time from the end of a fault until all calls were as before.</summary>
    public required TimeSpan Recovery { get; init; }

    /// <summary>Lines of warnings and errors in the logs of all silos.</summary>
    public required int LogLines { get; init; }

    /// <summary>The promises that did not hold.</summary>
    public required IReadOnlyList<string> Broken { get; init; }

    /// <summary>The cells of a table's row.</summary>
    public string Cells => string.Create(
        CultureInfo.InvariantCulture,
        $"{Reads:N0} / {FailedReads} | {Changes:N0} / {FailedChanges} | {StaleStrict} / {StaleCopies} / {StaleOwn} | "
        + $"{MostLoads} | {Lost} / {UndoneQueued} | {Recovery.TotalSeconds:0.0} s | {LogLines}");
}
