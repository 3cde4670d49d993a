using System.Text.Encodings.Web;
using CacheOrleans.Silo.Configuration;
using CacheOrleans.Silo.Health;
using CacheOrleans.Silo.Http.Alerts;
using CacheOrleans.Silo.Http.Breaker;
using CacheOrleans.Silo.Security;

namespace CacheOrleans.Silo.Http;

/// <summary>Registers the HTTP API and its endpoints.</summary>
internal static class ApiExtensions
{
    public static IServiceCollection AddHttpApi(this IServiceCollection services, SiloSettings settings)
    {
        // Responses are JSON and never part of a page, so native names may stay readable.
        services.ConfigureHttpJsonOptions(
            json => json.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        services.AddHttpAccess(settings);
        services.AddProblemDetails();
        services.AddExceptionHandler<ProblemHandler>();
        services.AddSingleton<ClusterCall>();
        services.AddSingleton<CoordinatorCall>();
        services.AddSingleton<EntryAddresses>();
        services.AddSingleton<EntryBody>();
        return services;
    }

    public static void UseHttpApi(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(context => Results
            .Problem(statusCode: context.HttpContext.Response.StatusCode)
            .ExecuteAsync(context.HttpContext));
        app.UseMiddleware<ForeignPageGuard>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapIndex();
        app.MapOverview();
        app.MapEntries();
        app.MapTags();
        app.MapBreaker();
        app.MapAlerts();
        app.MapEmbedded();
        app.MapSiloHealth();
        app.MapDashboard();
    }
}
