using CacheOrleans.Silo.Embedded;
using CacheOrleans.Silo.Security;
using Garnet.common;

namespace CacheOrleans.Silo.Http;

/// <summary>Stops and starts the cache's embedded Redis.</summary>
internal static class EmbeddedEndpoints
{
    public static void MapEmbedded(this IEndpointRouteBuilder app)
    {
        var redis = app.MapGroup("/api/embedded/redis").RequireAuthorization(HttpAccess.Operate);
        redis.MapPost("/stop", (EmbeddedServers servers) => ChangeAsync(servers, server => server.StopAsync()));
        redis.MapPost("/start", (EmbeddedServers servers) => ChangeAsync(servers, server => server.StartAsync()));
    }

    private static async Task<IResult> ChangeAsync(EmbeddedServers servers, Func<EmbeddedRedis, Task> change)
    {
        if (servers.Redis is not { IsOwn: true } redis)
        {
            throw new RequestProblemException(
                StatusCodes.Status409Conflict,
                servers.Redis is null
                    ? "The cache's Redis is not embedded: ConnectionStrings:Redis names one."
                    : "The embedded Redis runs in the process that was started first; send the request there.");
        }

        try
        {
            await change(redis);
            return Results.NoContent();
        }
        catch (GarnetException exception)
        {
            throw new RequestProblemException(
                StatusCodes.Status409Conflict, exception.Message, exception);
        }
    }
}
