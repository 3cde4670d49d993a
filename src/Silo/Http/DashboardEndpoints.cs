using CacheOrleans.Silo.Security;
using Orleans.Dashboard;

namespace CacheOrleans.Silo.Http;

/// <summary>Maps the dashboard of Orleans.</summary>
internal static class DashboardEndpoints
{
    private const string Root = "/dashboard";

    /// <summary>The paths of pages about one silo; its address follows the path.</summary>
    private static readonly PathString[] OfOneSilo =
        [$"{Root}/HistoricalStats", $"{Root}/SiloCounters", $"{Root}/SiloProperties", $"{Root}/SiloStats"];

    public static void MapDashboard(this IEndpointRouteBuilder app) => app.MapOrleansDashboard(Root)
        .AddEndpointFilter(CheckSiloAsync)
        .RequireAuthorization(HttpAccess.Operate);

    /// <remarks>The dashboard calls any silo that a request names, and fails with an error of its own if there is no
    /// such silo.</remarks>
    private static ValueTask<object?> CheckSiloAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var context = call.HttpContext;
        var silos = context.RequestServices.GetRequiredService<IClusterMembershipService>().CurrentSnapshot.Members;
        foreach (var page in OfOneSilo)
        {
            if (context.Request.Path.StartsWithSegments(page, out var rest)
                && rest.Value is ['/', .. { Length: > 0 } address]
                && !silos.Values.Any(silo => silo.Status != SiloStatus.Dead
                    && silo.SiloAddress.ToParsableString() == address))
            {
                throw new RequestProblemException(
                    StatusCodes.Status404NotFound, $"There is no silo '{address}'; /api/silos lists the silos.");
            }
        }

        return next(call);
    }
}
