using System.Net;
using CacheOrleans.Silo.Configuration;

namespace CacheOrleans.Silo.Security;

/// <summary>Decides whether a request may have been sent by a foreign web page.</summary>
/// <remarks>
/// A page on any site can make a browser on this machine send requests to loopback. Two headers, which a page cannot
/// forge, reveal such requests. <c>Host</c> has the name that was looked up. That is the attacker's own name if it was
/// pointed at this machine (DNS rebinding), and then the page could read the responses too. <c>Origin</c> has the site
/// of the page; a page of another site cannot read responses, so this header matters for changes only.
/// </remarks>
internal static class RequestRules
{
    /// <summary>Whether a method changes something.</summary>
    public static bool IsChange(string method) =>
        !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method)
            || HttpMethods.IsTrace(method));

    /// <summary>Returns why a request to a host is refused; null if it is allowed.</summary>
    /// <remarks>An IP address is allowed: it was not looked up, so no attacker can have pointed it here.</remarks>
    /// <param name="host">The <c>Host</c> header.</param>
    /// <param name="allowedHosts">The names of this host, besides those of loopback.</param>
    public static string? CheckHost(HostString host, IReadOnlyCollection<string> allowedHosts) =>
        host.HasValue && (ListenAddresses.IsLoopbackName(host.Host)
            || IPAddress.TryParse(host.Host, out _)
            || allowedHosts.Contains(host.Host, StringComparer.OrdinalIgnoreCase))
            ? null
            : $"Requests addressed to the host '{host.Host}' are refused; "
                + $"add it to {HttpSettings.SectionName}:{nameof(HttpSettings.AllowedHosts)} if it means this host.";

    /// <summary>Returns why a change that a page has sent is refused; null if it is allowed.</summary>
    /// <param name="scheme">The scheme of the request.</param>
    /// <param name="host">Its <c>Host</c> header.</param>
    /// <param name="origin">Its <c>Origin</c> header.</param>
    public static string? CheckOrigin(string scheme, HostString host, string origin) =>
        IsSame(scheme, host, origin)
            ? null
            : $"Changes from pages of another origin are refused; this one came from '{origin}'.";

    private static bool IsSame(string scheme, HostString host, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page)
        && Uri.TryCreate($"{scheme}://{host}", UriKind.Absolute, out var self)
        && Uri.Compare(page, self, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped,
            StringComparison.OrdinalIgnoreCase) == 0
        && page.AbsolutePath is "/" && !origin.EndsWith('/');
}
