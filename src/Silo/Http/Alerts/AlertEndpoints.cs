using CacheOrleans.Silo.Security;

namespace CacheOrleans.Silo.Http.Alerts;

/// <summary>Shows the cluster's alerts, and sends a test message.</summary>
internal static class AlertEndpoints
{
    private const string NoResponse =
        "The coordinator of alerts does not respond. Silos without a response from it send their alerts themselves; "
        + "reads and writes do not wait for the coordinator.";

    /// <summary>How long a test may take: the coordinator waits 15 seconds for the channels.</summary>
    private static readonly TimeSpan TestLimit = TimeSpan.FromSeconds(25);

    public static void MapAlerts(this IEndpointRouteBuilder app)
    {
        var alerts = app.MapGroup("/api/alerts");
        alerts.MapGet(string.Empty, GetAsync);
        alerts.MapPost("/test", TestAsync).RequireAuthorization(HttpAccess.Operate);
    }

    private static async Task<AlertOverview> GetAsync(
        IGrainFactory grains, CoordinatorCall call, TimeProvider time, CancellationToken cancellationToken) =>
        AlertOverview.Of(
            await call.RunAsync(Coordinator(grains).GetStatsAsync, NoResponse, cancellationToken), time.GetUtcNow());

    private static async Task<IResult> TestAsync(
        IGrainFactory grains, CoordinatorCall call, CancellationToken cancellationToken) => AlertTestView.Answer(
            await call.RunAsync(Coordinator(grains).TestAsync, NoResponse, TestLimit, cancellationToken));

    private static IAlertThrottleGrain Coordinator(IGrainFactory grains) =>
        grains.GetGrain<IAlertThrottleGrain>(IAlertThrottleGrain.Key);
}
