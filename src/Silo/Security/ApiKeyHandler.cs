using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Silo.Security;

/// <summary>Authenticates requests by a key in the header <c>X-Api-Key</c>, or in the password of HTTP Basic, which a
/// browser can send.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<ApiKeyOptions> options, ILoggerFactory loggerFactory, UrlEncoder encoder)
    : AuthenticationHandler<ApiKeyOptions>(options, loggerFactory, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string HeaderName = "X-Api-Key";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string[] given = [.. Read(Request.Headers)];
        return Task.FromResult(given.Select(Options.Keys.Find).OfType<ClaimsPrincipal>().FirstOrDefault() is { } owner
            ? AuthenticateResult.Success(new AuthenticationTicket(owner, Scheme.Name))
            : given.Length == 0 ? AuthenticateResult.NoResult() : AuthenticateResult.Fail("The key is not known."));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Basic realm=\"CacheOrleans: the password is a key\"";
        return Results.Problem(
            $"This request needs a key of the host, in the header {HeaderName} or as the password of HTTP Basic.",
            statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var needed = Context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>()?.Policy ?? HttpAccess.Read;
        return Results.Problem(
            $"The key '{Context.User.Identity?.Name}' has the role {Context.User.FindFirstValue(ClaimTypes.Role)}; "
            + $"this request needs the role {needed}.",
            statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(Context);
    }

    internal static IEnumerable<string> Read(IHeaderDictionary headers)
    {
        if (headers[HeaderName].ToString() is { Length: > 0 } key)
        {
            yield return key;
        }

        if (ReadPassword(headers.Authorization) is { } password)
        {
            yield return password;
        }
    }

    private static string? ReadPassword(string? authorization)
    {
        var bytes = new byte[authorization?.Length ?? 0];
        if (!AuthenticationHeaderValue.TryParse(authorization, out var header)
            || !header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
            || !Convert.TryFromBase64String(header.Parameter ?? string.Empty, bytes, out var length))
        {
            return null;
        }

        var credentials = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = credentials.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : credentials[(colon + 1)..];
    }
}
