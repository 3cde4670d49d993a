using System.Globalization;

namespace CacheOrleans.Catalog;

/// <summary>The time zones under their IANA names.</summary>
internal static class TimeZones
{
    public static CatalogTable Collect() => new(
        "time_zone",
        [
            ("id", "text"), ("display_name", "text"), ("standard_name", "text"),
            ("base_utc_offset_minutes", "integer"), ("has_daylight_saving", "boolean"),
        ],
        InEnglish(() => TimeZoneInfo.GetSystemTimeZones()
            .Select(zone => (Id: IanaId(zone), Zone: zone))
            .DistinctBy(pair => pair.Id)
            .OrderBy(pair => pair.Id, StringComparer.Ordinal)
            .Select(pair => new object[]
            {
                pair.Id,
                pair.Zone.DisplayName,
                pair.Zone.StandardName,
                (int)pair.Zone.BaseUtcOffset.TotalMinutes,
                pair.Zone.SupportsDaylightSavingTime,
            })
            .ToList()));

    private static string IanaId(TimeZoneInfo zone) =>
        !zone.HasIanaId && TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out var id) ? id : zone.Id;

    // The runtime returns the names in the language of the process, and caches them from their first use on.
    private static List<object[]> InEnglish(Func<List<object[]>> collect)
    {
        var language = CultureInfo.CurrentUICulture;
        try
        {
            TimeZoneInfo.ClearCachedData();
            CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
            return collect();
        }
        finally
        {
            CultureInfo.CurrentUICulture = language;
            TimeZoneInfo.ClearCachedData();
        }
    }
}
