using System.Text.Json;
using CacheOrleans.Grains.Diagnostics;
using CacheOrleans.Grains.Registration;
using CacheOrleans.Silo.Security;
using Microsoft.AspNetCore.Mvc;

namespace CacheOrleans.Silo.Http;

/// <summary>Shows the caches and the silos, and ends caches.</summary>
internal static class OverviewEndpoints
{
    public static void MapOverview(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/caches", ListCachesAsync);
        app.MapDelete("/api/caches/{name}", EndCacheAsync).RequireAuthorization(HttpAccess.Write);
        app.MapGet("/api/silos", ListSilos);
    }

    private static async Task<IEnumerable<CacheView>> ListCachesAsync(
        [FromServices] IClusterStatistics statistics, CancellationToken cancellationToken) =>
        (await statistics.GetAsync(cancellationToken)).Select(CacheView.Of);

    private static async Task<IResult> EndCacheAsync(
        string name,
        HttpContext context,
        EntryAddresses addresses,
        IClusterCaches caches,
        ILogger<IClusterCaches> logger)
    {
        var cache = await addresses.FindAsync(name, context.RequestAborted);

        // Logged first, because the cache is ended even if the caller disconnects.
        Log.CacheEnded(logger, cache.Definition.Name, RequestActor.Of(context));
        await caches.EndAsync(cache.Definition.Name, context.RequestAborted);
        return Results.NoContent();
    }

    /// <remarks>Lists the silos as this one sees them; it keeps its view while the membership table cannot be read.
    /// </remarks>
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
