using System.Globalization;

namespace CacheOrleans.Catalog;

/// <summary>Collects countries, currencies, languages and time zones from the data that the runtime ships.</summary>
internal static class CatalogData
{
    /// <summary>The version of the schema; raise it when a table or the choice of rows changes.</summary>
    private const int Schema = 1;

    /// <summary>The version of the rows, which depend on this code, the runtime and its ICU.</summary>
    public static string Version => string.Create(CultureInfo.InvariantCulture,
        $"{Schema}-net{Environment.Version}-icu{CultureInfo.InvariantCulture.CompareInfo.Version.FullVersion:x}");

    /// <summary>Collects all tables.</summary>
    /// <exception cref="InvalidOperationException">The runtime runs without its globalization data.</exception>
    public static IReadOnlyList<CatalogTable> Collect()
    {
        var cultures = PrincipalCultures.ByCountry();
        if (cultures.Count < 2)
        {
            throw new InvalidOperationException(
                "The catalog needs the runtime's globalization data: install ICU, and do not set "
                + "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT.");
        }

        return [Countries(cultures), Currencies(cultures), Languages(), TimeZones.Collect(), Versions()];
    }

    private static CatalogTable Countries(IReadOnlyDictionary<string, CultureInfo> cultures) => new(
        "country",
        [
            ("code", "text"), ("alpha3", "text"), ("english_name", "text"), ("native_name", "text"),
            ("language", "text"), ("currency", "text"), ("is_metric", "boolean"),
        ],
        [.. cultures.Select(pair => (Code: pair.Key, Culture: pair.Value, Region: new RegionInfo(pair.Value.Name)))
            .Select(country => new object[]
            {
                country.Code,
                country.Region.ThreeLetterISORegionName,
                country.Region.EnglishName,
                country.Region.NativeName,
                country.Culture.TwoLetterISOLanguageName,
                country.Region.ISOCurrencySymbol,
                country.Region.IsMetric,
            })]);

    private static CatalogTable Currencies(IReadOnlyDictionary<string, CultureInfo> cultures) => new(
        "currency",
        [("code", "text"), ("english_name", "text"), ("native_name", "text"), ("symbol", "text")],
        [.. cultures.Select(pair => (Country: pair.Key, Region: new RegionInfo(pair.Value.Name)))
            .GroupBy(country => country.Region.ISOCurrencySymbol)
            .OrderBy(currency => currency.Key, StringComparer.Ordinal)
            // ISO 4217 codes begin with the country: JPY, USD. Other currencies are shared; any member's name will do.
            .Select(currency => currency.OrderByDescending(country => currency.Key.StartsWith(
                country.Country, StringComparison.Ordinal)).First().Region)
            .Select(region => new object[]
            {
                region.ISOCurrencySymbol, region.CurrencyEnglishName, region.CurrencyNativeName, region.CurrencySymbol,
            })]);

    private static CatalogTable Languages() => new(
        "language",
        [
            ("code", "text"), ("alpha3", "text"), ("english_name", "text"), ("native_name", "text"),
            ("is_right_to_left", "boolean"),
        ],
        [.. CultureInfo.GetCultures(CultureTypes.NeutralCultures)
            .Where(culture => culture.Name.Length is 2 or 3 && culture.Name == culture.TwoLetterISOLanguageName)
            .OrderBy(culture => culture.Name, StringComparer.Ordinal)
            .Select(culture => new object[]
            {
                culture.Name,
                culture.ThreeLetterISOLanguageName,
                culture.EnglishName,
                culture.NativeName,
                culture.TextInfo.IsRightToLeft,
            })]);

    private static CatalogTable Versions() => new("catalog_version", [("version", "text")], [[Version]]);
}
