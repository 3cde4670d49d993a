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
    /// <exception cref="FormatException">One of the addresses is invalid; the message names it and its setting.
    /// </exception>
    public static ListenAddresses Read(IConfiguration configuration)
    {
        IEnumerable<string>[] sources =
        [
            configuration.GetSection("Kestrel:Endpoints").GetChildren()
                .Where(endpoint => endpoint["Url"] is not null)
                .Select(endpoint => Check(endpoint["Url"]!, $"{endpoint.Path}:Url")),
            Split(configuration["urls"]).Select(url => Check(url, "--urls")),
            Ports("http").Concat(Ports("https")),
            [Default],
        ];
        return new([.. sources.First(addresses => addresses.Any())]);

        IEnumerable<string> Ports(string scheme) => Split(configuration[$"{scheme}_ports"]).Select(port =>
            ushort.TryParse(port, out _)
                ? $"{scheme}://*:{port}"
                : throw new FormatException($"'{port}' in {scheme}_ports is not a port; use one such as '8080'."));
    }

    /// <summary>Whether a host name can only mean this machine.</summary>
    public static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsLoopback(BindingAddress address) => address.IsUnixPipe || IsLoopbackName(address.Host);

    private static string Check(string url, string setting)
    {
        try
        {
            // BindingAddress takes a port that is not a number for a part of the host name.
            var address = BindingAddress.Parse(url);
            return address.IsUnixPipe || address.Host.StartsWith('[') || !address.Host.Contains(':')
                ? url
                : throw new FormatException($"The port in '{url}' is not a number.");
        }
        catch (FormatException exception)
        {
            throw new FormatException(
                $"'{url}' in {setting} is not a valid address; use one such as '{Default}'.", exception);
        }
    }

    private static ImmutableArray<string> Split(string? list) =>
        [.. (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
