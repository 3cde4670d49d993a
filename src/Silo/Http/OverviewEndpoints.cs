using System.Text.Json;
using CacheOrleans.Grains.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace CacheOrleans.Silo.Http;

/// <summary>Shows the caches and the silos.</summary>
internal static class OverviewEndpoints
{
    public static void MapOverview(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/caches", ListCachesAsync);
        app.MapGet("/api/silos", ListSilos);
    }

    private static async Task<IEnumerable<CacheView>> ListCachesAsync(
        [FromServices] IClusterStatistics statistics, CancellationToken cancellationToken) =>
        (await statistics.GetAsync(cancellationToken)).Select(CacheView.Of);

    /// <remarks>This silo's view, which it keeps while the membership table cannot be read.</remarks>
    private static IEnumerable<SiloView> ListSilos(IClusterMembershipService membership, ILocalSiloDetails self) =>
        membership.CurrentSnapshot.Members.Values
            .OrderBy(member => member.Status)
            .ThenBy(member => member.SiloAddress)
            .Select(member => new SiloView(
                member.Name,
                member.SiloAddress.ToParsableString(),
                JsonNamingPolicy.CamelCase.ConvertName(member.Status.ToString()),
                member.SiloAddress.Equals(self.SiloAddress)));
}
