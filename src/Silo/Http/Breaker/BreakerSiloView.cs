using CacheOrleans.Breaker;

namespace CacheOrleans.Silo.Http.Breaker;

/// <summary>A silo's last report to the breaker's coordinator, as <c>GET /api/breaker</c> shows it.</summary>
internal sealed record BreakerSiloView(
    string Silo, string State, string Version, double AgeSeconds, int Failures, bool IsFailing)
{
    public static BreakerSiloView Of(BreakerSilo silo) => new(
        silo.Silo,
        Shown.Name(silo.State),
        silo.Version.ToString(),
        Shown.Seconds(silo.Age),
        silo.Failures,
        silo.IsFailing);
}
