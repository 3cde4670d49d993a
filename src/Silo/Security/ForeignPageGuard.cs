using CacheOrleans.Silo.Configuration;
using Microsoft.AspNetCore.Authorization;

namespace CacheOrleans.Silo.Security;

/// <summary>Refuses requests that a foreign web page may have made a browser send; endpoints that are open to everybody
/// (health checks) accept any host name.</summary>
internal sealed class ForeignPageGuard(RequestDelegate next, SiloSettings settings)
{
    private readonly string[] _hosts = [.. settings.Http.AllowedHosts, .. settings.Listen.Hosts];

    public Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null
            && Check(context.Request) is { } refusal
            ? Results.Problem(refusal, statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context)
            : next(context);
    }

    private string? Check(HttpRequest request)
    {
        HostString host;
        try
        {
            host = request.Host;
        }
        catch (ArgumentException)
        {
            return "The Host header is not a valid host name."; // it begins with xn--, but is not Punycode
        }

        return RequestRules.CheckHost(host, _hosts)
            ?? (RequestRules.IsChange(request.Method) && request.Headers.TryGetValue("Origin", out var origin)
                ? RequestRules.CheckOrigin(request.Scheme, host, origin.ToString())
                : null);
    }
}
