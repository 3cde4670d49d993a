using System.Globalization;

namespace CacheOrleans.Shop.Pages;

/// <summary>How values are written on pages.</summary>
internal static class Show
{
    public static string Price(decimal price) => string.Create(CultureInfo.InvariantCulture, $"€ {price:0.00}");

    public static string Milliseconds(double milliseconds) =>
        milliseconds.ToString(milliseconds < 10 ? "0.00" : "0", CultureInfo.InvariantCulture);
}
