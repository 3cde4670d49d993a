using System.Globalization;
using System.Text.Json;

namespace CacheOrleans.Slack.Delivery;

/// <summary>Reads how long a response asks the sender to wait.</summary>
internal static class RetryAfter
{
    /// <summary>The longest wait that is honored.</summary>
    /// <remarks>A response may come from a proxy, and a date depends on two clocks. One wrong number must not delay
    /// alerts for longer than this.</remarks>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Returns the longest wait that the header (seconds or a date) and the body's <c>retry_after</c> ask for,
    /// up to <see cref="Longest"/>; null if they ask for none.</summary>
    public static TimeSpan? Read(HttpResponseMessage response, string body, DateTimeOffset now)
    {
        double?[] asked = [HeaderSeconds(response), HeaderDate(response, now), BodySeconds(body)];
        return asked.Max() is { } seconds and > 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, Longest.TotalSeconds))
            : null;
    }

    /// <remarks>The framework's parser is not used because it ignores fractions and numbers beyond 32 bits.</remarks>
    private static double? HeaderSeconds(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Retry-After", out var values) ? values.Max(Seconds) : null;

    private static double? Seconds(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : null;

    private static double? HeaderDate(HttpResponseMessage response, DateTimeOffset now) =>
        (response.Headers.RetryAfter?.Date - now)?.TotalSeconds;

    private static double? BodySeconds(string body)
    {
        if (!body.Contains("retry_after", StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("retry_after", out var value)
                && value.ValueKind == JsonValueKind.Number
                && value.TryGetDouble(out var seconds)
                ? seconds
                : null;
        }
        catch (JsonException)
        {
            return null; // a proxy's error page, or a truncated body
        }
    }
}
