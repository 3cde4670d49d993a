using System.Globalization;
using System.Text.RegularExpressions;

namespace CacheOrleans.Settings;

/// <summary>Parses the time spans of settings strictly.</summary>
/// <remarks><see cref="TimeSpan.Parse(string)"/> reads <c>30</c> as 30 days and <c>24:00:00</c> as 24 days. A setting
/// therefore has to state hours, minutes and seconds in full, or a number with its unit.</remarks>
public static partial class Duration
{
    /// <summary>The description of a time span's form, for messages.</summary>
    public const string Form = "a time such as 00:00:30, 1.12:00:00, 250ms, 30s, 5m, 2h or 1d";

    /// <summary>Parses a time span.</summary>
    /// <param name="text"><c>hh:mm:ss</c> or <c>d.hh:mm:ss</c>, optionally with a fraction of a second; or a number
    /// with <c>ms</c>, <c>s</c>, <c>m</c>, <c>h</c> or <c>d</c>.</param>
    /// <exception cref="FormatException">The text has neither form. The message says what to write instead.</exception>
    public static TimeSpan Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        if (Clock().Match(trimmed) is { Success: true } clock)
        {
            return TimeSpan.TryParse(trimmed, CultureInfo.InvariantCulture, out var span)
                && int.Parse(clock.Groups["hours"].Value, CultureInfo.InvariantCulture) < 24
                ? span
                : throw new FormatException($"'{text}' is not a time of at most 23:59:59; {Hint(clock)}.");
        }

        return WithUnit().Match(trimmed) is { Success: true } number
            ? Span(text, number)
            : throw new FormatException($"'{text}' {Why(trimmed)}");
    }

    private static string Why(string text) =>
        Number().IsMatch(text) ? $"has no unit: write {text}s for seconds, or {text}d for days."
        : TwoParts().IsMatch(text) ? "does not say its seconds: "
            + $"write {text}:00 for hours and minutes, or 00:{text} for minutes and seconds."
        : $"is not {Form}.";

    private static string Hint(Match clock) =>
        clock.Groups["days"].Length == 0 && clock.Groups["rest"].Value is ":00:00"
            ? $"write {clock.Groups["hours"].Value}h, or days before a dot as in 1.00:00:00"
            : "write days before a dot, as in 1.00:00:00";

    private static TimeSpan Span(string text, Match number)
    {
        var ticks = decimal.Parse(number.Groups["number"].Value, CultureInfo.InvariantCulture)
            * number.Groups["unit"].Value switch
            {
                "ms" => TimeSpan.TicksPerMillisecond,
                "s" => TimeSpan.TicksPerSecond,
                "m" => TimeSpan.TicksPerMinute,
                "h" => TimeSpan.TicksPerHour,
                _ => TimeSpan.TicksPerDay,
            };
        return Math.Abs(ticks) <= long.MaxValue
            ? new TimeSpan((long)ticks)
            : throw new FormatException($"'{text}' is longer than {TimeSpan.MaxValue.Days} days.");
    }

    [GeneratedRegex(@"^-?(?<days>[0-9]{1,8}\.)?(?<hours>[0-9]{1,4})(?<rest>:[0-9]{2}:[0-9]{2}(\.[0-9]{1,7})?)$")]
    private static partial Regex Clock();

    [GeneratedRegex(@"^(?<number>-?[0-9]{1,15}(\.[0-9]{1,7})?) ?(?<unit>ms|s|m|h|d)$")]
    private static partial Regex WithUnit();

    [GeneratedRegex(@"^-?[0-9]+(\.[0-9]+)?$")]
    private static partial Regex Number();

    [GeneratedRegex(@"^[0-9]{1,2}:[0-9]{2}$")]
    private static partial Regex TwoParts();
}
