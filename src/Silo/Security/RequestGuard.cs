using CacheOrleans.Silo.Configuration;

namespace CacheOrleans.Silo.Security;

/// <summary>Refuses changes from foreign pages, and changes and what is marked
/// <see cref="ApiKeyRequired"/> without the key where one is set.</summary>
internal sealed class RequestGuard(RequestDelegate next, SiloSettings settings)
{
    private readonly ApiKey? _key = string.IsNullOrEmpty(settings.Http.ApiKey) ? null : new(settings.Http.ApiKey);
    private readonly string[] _hosts = [.. settings.Http.AllowedHosts, .. settings.Listen.Hosts];

    public Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var request = context.Request;
        var isChange = RequestRules.IsChange(request.Method);
        if (isChange && CheckChange(request) is { } refusal)
        {
            return Results.Problem(refusal, statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context);
        }

        var isMarked = context.GetEndpoint()?.Metadata.GetMetadata<ApiKeyRequired>() is not null;
        return _key is null || !(isChange || isMarked) || _key.Matches(request.Headers)
            ? next(context)
            : RefuseAsync(context, askBrowser: isMarked);
    }

    private string? CheckChange(HttpRequest request) => RequestRules.CheckChange(
        request.Scheme,
        request.Host,
        request.Headers.TryGetValue("Origin", out var origin) ? origin.ToString() : null,
        _hosts);

    private static Task RefuseAsync(HttpContext context, bool askBrowser)
    {
        if (askBrowser)
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"CacheOrleans: the API key is the password\"";
        }

        return Results.Problem(
            $"This needs the API key of the host, in the header {ApiKey.HeaderName}.",
            statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(context);
    }
}
