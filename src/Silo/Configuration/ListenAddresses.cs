using System.Collections.Immutable;
using System.Net;

namespace CacheOrleans.Silo.Configuration;

/// <summary>The addresses at which the HTTP API listens.</summary>
/// <param name="Urls">The addresses, such as <c>http://localhost:8080</c>.</param>
internal sealed record ListenAddresses(ImmutableArray<string> Urls)
{
    public const string Default = "http://localhost:8080";

    /// <summary>Whether another machine can reach one of the addresses.</summary>
    public bool IsExposed => Urls.Any(url => !IsLoopback(BindingAddress.Parse(url)));

    /// <summary>The host names in the addresses, which are names of this host, in the form that the <c>Host</c> header
    /// is read in.</summary>
    public IEnumerable<string> Hosts =>
        Urls.Select(url => HostString.FromUriComponent(BindingAddress.Parse(url).Host).Host);

    /// <summary>Reads Kestrel's endpoints; if there are none, <c>urls</c>; if that is missing too, the
    /// <c>http_ports</c> of container images.</summary>
    /// <exception cref="FormatException">One of the addresses is invalid.</exception>
    public static ListenAddresses Read(IConfiguration configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren()
            .Select(endpoint => endpoint["Url"]).OfType<string>().ToImmutableArray();
        var urls = Split(configuration["urls"]);
        if (urls.IsEmpty)
        {
            urls = [
                .. Split(configuration["http_ports"]).Select(port => $"http://*:{port}"),
                .. Split(configuration["https_ports"]).Select(port => $"https://*:{port}")];
        }

        var all = !endpoints.IsEmpty ? endpoints : !urls.IsEmpty ? urls : [Default];
        foreach (var url in all)
        {
            _ = Parse(url);
        }

        return new(all);
    }

    /// <summary>Whether a host name can only mean this machine.</summary>
    public static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsLoopback(BindingAddress address) => address.IsUnixPipe || IsLoopbackName(address.Host);

    private static BindingAddress Parse(string url)
    {
        try
        {
            // BindingAddress takes a port that is not a number for a part of the host name.
            var address = BindingAddress.Parse(url);
            return address.IsUnixPipe || address.Host.StartsWith('[') || !address.Host.Contains(':')
                ? address
                : throw new FormatException($"The port in '{url}' is not a number.");
        }
        catch (FormatException exception)
        {
            throw new FormatException(
                $"'{url}' in --urls is not a valid address; use one such as '{Default}'.", exception);
        }
    }

    private static ImmutableArray<string> Split(string? list) =>
        [.. (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
