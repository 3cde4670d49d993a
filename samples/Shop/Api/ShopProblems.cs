namespace CacheOrleans.Shop.Api;

/// <summary>Makes errors problem details under <c>/api</c>, and pages elsewhere.</summary>
internal static class ShopProblems
{
    public static void AddShopProblems(this IServiceCollection services)
    {
        // So that the response says in words that a body is not JSON, in every environment.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
            context.ProblemDetails.Detail ??= (context.Exception as BadHttpRequestException)?.Message);
    }

    public static void UseShopProblems(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = exception => exception is BadHttpRequestException bad ? bad.StatusCode : 500,
            SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException,
        });
        app.UseWhen(IsApi, api => api.UseStatusCodePages());
        app.UseWhen(context => !IsApi(context), pages => pages.UseStatusCodePagesWithReExecute("/not-found"));
    }

    private static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments("/api");
}
