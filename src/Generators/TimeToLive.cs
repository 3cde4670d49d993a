using System.Globalization;

namespace CacheOrleans.Generators;

/// <summary>A time to live, checked against the limits of <c>CacheDefinition</c>.</summary>
/// <remarks>"300" would be read as 300 days and "24:00:00" as 24 days, which is never intended, so both are rejected.
/// </remarks>
/// <param name="Text">The text in the form used in generated code and messages.</param>
/// <param name="Error">What is wrong with the text, or null.</param>
internal sealed record TimeToLive(string Text, string? Error)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    public static TimeToLive Read(string? text) =>
        text is null ? new("", "a time to live is required, such as TimeToLive = \"00:05:00\"")
        : !text.Contains(':') || !TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var life)
            ? new(text, $"'{text}' is not a time; write it as \"00:05:00\", or with days as \"1.00:00:00\"")
        : life < Shortest || life > Longest
            ? new(text, $"a time to live must be 00:00:00.001 to {Longest:c}; got {life:c}")
        : new(life.ToString("c", CultureInfo.InvariantCulture), null);

    /// <summary>Returns the ticks of a valid text.</summary>
    public static long Ticks(string text) => TimeSpan.Parse(text, CultureInfo.InvariantCulture).Ticks;
}
