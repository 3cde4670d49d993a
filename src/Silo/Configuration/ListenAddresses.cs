using System.Collections.Immutable;
using System.Net;

namespace CacheOrleans.Silo.Configuration;

/// <summary>Where the HTTP API listens.</summary>
/// <param name="Urls">The addresses, such as <c>http://localhost:8080</c>.</param>
internal sealed record ListenAddresses(ImmutableArray<string> Urls)
{
    public const string Default = "http://localhost:8080";

    /// <summary>Whether another machine can reach one of them.</summary>
    public bool IsExposed => Urls.Any(url => !IsLoopback(BindingAddress.Parse(url)));

    /// <summary>The host names that stand in them, which are the host's own, as they are read from the header
    /// <c>Host</c>.</summary>
    public IEnumerable<string> Hosts =>
        Urls.Select(url => HostString.FromUriComponent(BindingAddress.Parse(url).Host).Host);

    /// <summary>Reads Kestrel's endpoints, or else <c>urls</c>, or else the <c>http_ports</c> of container images.
    /// </summary>
    /// <exception cref="FormatException">One of them is no address.</exception>
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
            // A port that is no number is taken for a part of the host's name.
            var address = BindingAddress.Parse(url);
            return address.IsUnixPipe || address.Host.StartsWith('[') || !address.Host.Contains(':')
                ? address
                : throw new FormatException($"Its port is no number: '{url}'.");
        }
        catch (FormatException exception)
        {
            throw new FormatException($"'{url}' in --urls is no address such as '{Default}'.", exception);
        }
    }

    private static ImmutableArray<string> Split(string? list) =>
        [.. (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
