using System.Globalization;

namespace CacheOrleans.Shop.Changes;

/// <summary>The rules for input; each returns what is wrong, or null if nothing is.</summary>
internal static class Rules
{
    public static string? CheckPrice(decimal? price) =>
        price is >= 0.01m and <= 10_000m && decimal.Round(price.Value, 2) == price
            ? null
            : "A price is a number from 0.01 to 10000, with two decimals at most.";

    public static string? CheckQuantity(int? quantity) =>
        quantity is >= 1 and <= 100 ? null : "A quantity is a whole number from 1 to 100.";

    /// <summary>Reads a number that a visitor typed; returns null if it is not a number.</summary>
    public static decimal? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;
}
