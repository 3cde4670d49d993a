using System.Globalization;
using CacheOrleans.Shop.Answers;

namespace CacheOrleans.Shop;

/// <summary>Formats values for pages and for the header <c>X-Answer</c>.</summary>
internal static class Show
{
    public static string Price(decimal price) => string.Create(CultureInfo.InvariantCulture, $"€ {price:0.00}");

    public static string Source(AnswerSource source) => $"{source}".ToLowerInvariant();

    public static string Milliseconds(double milliseconds) =>
        milliseconds.ToString(milliseconds < 10 ? "0.00" : "0", CultureInfo.InvariantCulture);
}
