using CacheOrleans.Silo.Security;
using Microsoft.AspNetCore.Http.Features;

namespace CacheOrleans.Silo.Http.Breaker;

/// <summary>Shows the breaker around Redis, and changes it manually.</summary>
internal static class BreakerEndpoints
{
    private const long MaxBody = 16 * 1024;

    private const string NoResponse =
        "The breaker's coordinator does not respond. Each silo continues with its local breaker, whose state "
        + "/healthz/ready shows; reads and writes do not wait for the coordinator.";

    public static void MapBreaker(this IEndpointRouteBuilder app)
    {
        var breaker = app.MapGroup("/api/breaker");
        breaker.MapGet(string.Empty, GetAsync);
        var changes = breaker.MapGroup(string.Empty).RequireAuthorization(HttpAccess.Operate);
        changes.MapPatch("/settings", PatchAsync);
        MapChange(changes, "/isolate", (coordinator, by) => coordinator.IsolateAsync(by));
        MapChange(changes, "/close", (coordinator, by) => coordinator.CloseAsync(by));
        MapChange(changes, "/disable", (coordinator, by) => coordinator.DisableAsync(by));
    }

    private static async Task<BreakerOverview> GetAsync(
        IGrainFactory grains, CoordinatorCall call, TimeProvider time, CancellationToken cancellationToken)
    {
        var breaker = Coordinator(grains);
        return BreakerOverview.Of(
            await call.RunAsync(breaker.GetStatsAsync, NoResponse, cancellationToken), time.GetUtcNow());
    }

    private static async Task<IResult> PatchAsync(HttpContext context, IGrainFactory grains, CoordinatorCall call)
    {
        var patch = BreakerPatch.Parse(await ReadAsync(context));
        if (patch.Errors.Count > 0)
        {
            return Invalid(patch.Errors);
        }

        var breaker = Coordinator(grains);
        try
        {
            var settings = await call.RunAsync(
                () => breaker.UpdateSettingsAsync(patch.Change), NoResponse, context.RequestAborted);
            return Results.Ok(BreakerFields.View(settings));
        }
        catch (BreakerSettingsException exception)
        {
            return Invalid(BreakerFields.Errors(exception));
        }
    }

    private static void MapChange(
        RouteGroupBuilder group, string path, Func<ICircuitBreakerGrain, string?, Task> change) =>
        group.MapPost(path, async (HttpContext context, IGrainFactory grains, CoordinatorCall call) =>
        {
            var breaker = Coordinator(grains);
            await call.RunAsync(
                async () =>
                {
                    await change(breaker, RequestActor.Of(context));
                    return true;
                },
                NoResponse,
                context.RequestAborted);
            return Results.NoContent();
        });

    private static ICircuitBreakerGrain Coordinator(IGrainFactory grains) =>
        grains.GetGrain<ICircuitBreakerGrain>(ICircuitBreakerGrain.Redis);

    private static IResult Invalid(IReadOnlyDictionary<string, string[]> errors) => Results.ValidationProblem(
        errors.ToDictionary(), detail: string.Join(' ', errors.SelectMany(error => error.Value)));

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MaxBody;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }
}
