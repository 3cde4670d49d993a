namespace CacheOrleans.Silo.Http.Alerts;

/// <summary>The cluster's alerts as <c>GET /api/alerts</c> shows them.</summary>
/// <remarks>The points in time, except those of decisions, are computed here from ages and this silo's clock, so they
/// are off by the time that the response took.</remarks>
internal sealed record AlertOverview(
    string Coordinator,
    IReadOnlyList<string> Channels,
    int MaxKeys,
    IReadOnlyList<AlertKeyView> Keys,
    IReadOnlyList<AlertDecisionView> Decisions)
{
    public static AlertOverview Of(AlertStatistics statistics, DateTimeOffset now) => new(
        statistics.Coordinator,
        statistics.Channels,
        statistics.MaxKeys,
        [.. statistics.Keys.Select(key => AlertKeyView.Of(key, now))],
        [.. statistics.Decisions.Select(AlertDecisionView.Of)]);
}
