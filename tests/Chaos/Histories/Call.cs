using System.Globalization;

namespace CacheOrleans.Chaos.Histories;

internal enum CallKind
{
    /// <summary>A read that uses no copies.</summary>
    Strict,

    /// <summary>A read that may be answered by a copy in its process.</summary>
    Copies,

    /// <summary>A fallback that reads the database.</summary>
    Load,

    Set,

    /// <summary>A set that waits for Redis.</summary>
    SetThrough,

    Remove,

    Expire,

    /// <summary>The invalidation of a tag.</summary>
    Tag,
}

internal enum CallOutcome
{
    /// <summary>A read or a load has returned a version.</summary>
    Answered,

    /// <summary>A read without a fallback has found nothing.</summary>
    Nothing,

    Failed,

    Applied,

    Queued,

    /// <summary>The change was refused, or a later one has replaced it.</summary>
    Refused,
}

/// <summary>What one call of an application did to one row.</summary>
/// <param name="Kind">The call.</param>
/// <param name="Client">The application.</param>
/// <param name="Row">The row.</param>
/// <param name="Version">The version that was read, or to which the row was changed.</param>
/// <param name="Begin">When the call began, by the machine's counter, which all processes share.</param>
/// <param name="End">When it ended, by the same counter.</param>
/// <param name="Outcome">How it ended.</param>
internal readonly record struct Call(
    CallKind Kind, int Client, int Row, long Version, long Begin, long End, CallOutcome Outcome)
{
    /// <summary>The reader of what Redis has at the end, in place of an application.</summary>
    public const int Store = -1;

    public bool IsRead => Kind <= CallKind.Copies;

    public bool IsChange => Kind >= CallKind.Set;

    public bool IsAcknowledged => IsChange && Outcome is CallOutcome.Applied or CallOutcome.Queued;

    /// <summary>Reads what <see cref="ToString"/> has written.</summary>
    public static Call Parse(string line)
    {
        var parts = line.Split(' ');
        return new(
            Enum.Parse<CallKind>(parts[0]),
            int.Parse(parts[1], CultureInfo.InvariantCulture),
            int.Parse(parts[2], CultureInfo.InvariantCulture),
            Number(parts[3]),
            Number(parts[4]),
            Number(parts[5]),
            Enum.Parse<CallOutcome>(parts[6]));

        static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Kind} {Client} {Row} {Version} {Begin} {End} {Outcome}");
}
