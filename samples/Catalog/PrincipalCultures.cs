using System.Collections.Frozen;
using System.Globalization;

namespace CacheOrleans.Catalog;

/// <summary>Chooses the culture that represents a country with several cultures.</summary>
internal static class PrincipalCultures
{
    /// <summary>Codes that the runtime knows, but that ISO 3166-1 reserves or leaves open instead of assigning them to
    /// a country.</summary>
    private static readonly FrozenSet<string> NotCountries =
        FrozenSet.ToFrozenSet(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "TA", "UK", "UN", "XK", "ZZ"]);

    /// <summary>The cultures of countries for which <see cref="Rank"/> would choose a minority language or the wrong
    /// script.</summary>
    private static readonly FrozenSet<string> Chosen = FrozenSet.ToFrozenSet(
    [
        "nl-BE", "en-BZ", "en-CA", "fr-CD", "fr-CF", "de-CH", "fr-CM", "zh-Hans-CN", "pt-CV", "ar-DZ", "am-ET",
        "en-GB", "ka-GE", "en-GH", "en-GM", "es-GQ", "pt-GW", "zh-Hant-HK", "en-IE", "en-IM", "hi-IN", "en-LR",
        "ar-MA", "ro-MD", "sr-Latn-ME", "fr-ML", "zh-Hant-MO", "ar-MR", "en-MU", "pt-MZ", "en-NA", "fr-NE", "en-NG",
        "nb-NO", "en-NZ", "ur-PK", "sr-Cyrl-RS", "en-SG", "en-SL", "fr-SN", "en-SS", "ar-SY", "ar-TD", "ar-TN",
        "sw-TZ", "en-UG", "en-VU", "en-ZA", "en-ZM", "en-ZW",
    ]);

    /// <summary>The principal culture of every country, by its ISO 3166-1 code, in the order of the codes.</summary>
    public static IReadOnlyDictionary<string, CultureInfo> ByCountry() => new SortedDictionary<string, CultureInfo>(
        CultureInfo.GetCultures(CultureTypes.SpecificCultures)
            .GroupBy(culture => new RegionInfo(culture.Name).TwoLetterISORegionName)
            .Where(country => IsCode(country.Key))
            .ToDictionary(
                country => country.Key,
                country => country.OrderByDescending(Rank).ThenBy(culture => culture.Name, StringComparer.Ordinal)
                    .First()),
        StringComparer.Ordinal);

    // A language whose main country this is comes first, then languages with a two-letter code; English comes last,
    // because the runtime has an English culture for many countries where it is nobody's first language.
    private static int Rank(CultureInfo culture)
    {
        var language = culture.TwoLetterISOLanguageName;
        return (Chosen.Contains(culture.Name) ? 8 : 0)
            + (CultureInfo.CreateSpecificCulture(language).Name == culture.Name ? 4 : 0)
            + (language.Length == 2 ? 2 : 0)
            + (language == "en" ? 0 : 1);
    }

    private static bool IsCode(string code) =>
        code.Length == 2 && code.All(char.IsAsciiLetterUpper) && !NotCountries.Contains(code);
}
