using CacheOrleans.Silo.Configuration;

namespace CacheOrleans.Silo.Security;

/// <summary>Decides whether a change may have been sent by a foreign web page.</summary>
/// <remarks>
/// A page on any site can make a browser on this machine send requests to loopback. Two headers a page cannot forge
/// tell: <c>Origin</c> names the page's site, and <c>Host</c> the name that was looked up, which is the attacker's own
/// when he has pointed it here (DNS rebinding).
/// </remarks>
internal static class RequestRules
{
    /// <summary>Whether a method changes something.</summary>
    public static bool IsChange(string method) =>
        !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method)
            || HttpMethods.IsTrace(method));

    /// <summary>Returns why a change is refused, or null.</summary>
    /// <param name="scheme">The scheme of the request.</param>
    /// <param name="host">Its <c>Host</c> header.</param>
    /// <param name="origin">Its <c>Origin</c> header; null when it has none, as from curl.</param>
    /// <param name="allowedHosts">Names that mean this host, beside those of loopback.</param>
    public static string? CheckChange(
        string scheme, HostString host, string? origin, IReadOnlyCollection<string> allowedHosts)
    {
        if (!host.HasValue || !IsOwn(host.Host, allowedHosts))
        {
            return $"Changes addressed to the host '{host}' are refused; "
                + $"name it under {HttpSettings.SectionName}:{nameof(HttpSettings.AllowedHosts)} if it is this one.";
        }

        return origin is null || IsSame(scheme, host, origin)
            ? null
            : $"Changes from pages of another origin are refused; this one came from '{origin}'.";
    }

    private static bool IsOwn(string host, IReadOnlyCollection<string> allowedHosts) =>
        ListenAddresses.IsLoopbackName(host) || allowedHosts.Contains(host, StringComparer.OrdinalIgnoreCase);

    private static bool IsSame(string scheme, HostString host, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page)
        && Uri.TryCreate($"{scheme}://{host}", UriKind.Absolute, out var self)
        && Uri.Compare(page, self, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped,
            StringComparison.OrdinalIgnoreCase) == 0
        && page.AbsolutePath is "/" && !origin.EndsWith('/');
}
