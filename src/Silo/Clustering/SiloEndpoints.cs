using System.Net;
using System.Net.Sockets;
using CacheOrleans.Silo.Configuration;
using Orleans.Configuration;

namespace CacheOrleans.Silo.Clustering;

/// <summary>The endpoints at which other silos and clients reach this silo.</summary>
/// <param name="Address">The address that is announced to them.</param>
/// <param name="SiloPort">The port for silos.</param>
/// <param name="GatewayPort">The port for clients.</param>
internal sealed record SiloEndpoints(IPAddress Address, int SiloPort, int GatewayPort)
{
    /// <summary>Returns the configured endpoints, and chooses those that are not configured.</summary>
    /// <param name="settings">The configured endpoints.</param>
    /// <param name="membership">The connection string of the membership.</param>
    /// <exception cref="FormatException">The configured address is not an IP address.</exception>
    public static SiloEndpoints Choose(OrleansSettings settings, string membership)
    {
        var (silo, gateway) = FreePorts();
        return new(
            AddressOf(settings, membership),
            settings.SiloPort == 0 ? silo : settings.SiloPort,
            settings.GatewayPort == 0 ? gateway : settings.GatewayPort);
    }

    /// <summary>Makes the silo listen: on loopback only if others reach it there, otherwise on every address.</summary>
    public void Apply(EndpointOptions options)
    {
        var listening = IPAddress.IsLoopback(Address) ? Address
            : Address.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any
            : IPAddress.Any;
        options.AdvertisedIPAddress = Address;
        (options.SiloPort, options.GatewayPort) = (SiloPort, GatewayPort);
        options.SiloListeningEndpoint = new(listening, SiloPort);
        options.GatewayListeningEndpoint = new(listening, GatewayPort);
    }

    /// <summary>Returns the address that is announced to others.</summary>
    /// <inheritdoc cref="Choose" path="/param | /exception" />
    public static IPAddress AddressOf(OrleansSettings settings, string membership) =>
        ChooseAddress(
            settings.AdvertisedAddress, membership, () => HostAddress(Dns.GetHostAddresses(Dns.GetHostName())));

    /// <summary>Returns the configured address or, if there is none, loopback if the membership is on loopback, because
    /// then all silos are on this machine; otherwise the host's address.</summary>
    internal static IPAddress ChooseAddress(string? configured, string membership, Func<IPAddress> host)
    {
        if (!string.IsNullOrWhiteSpace(configured))
        {
            return IPAddress.TryParse(configured, out var address)
                ? address
                : throw new FormatException(
                    $"{OrleansSettings.SectionName}:{nameof(OrleansSettings.AdvertisedAddress)} must be an IP address; "
                    + $"got '{configured}'.");
        }

        return RedisEndpoints.Read(membership).All(endpoint => ListenAddresses.IsLoopbackName(endpoint.Host))
            ? IPAddress.Loopback
            : host();
    }

    /// <summary>Returns the address for other machines: IPv4 if the host has such an address, otherwise IPv6.</summary>
    internal static IPAddress HostAddress(IEnumerable<IPAddress> addresses) => addresses
        .Where(address => !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal)
        .OrderBy(address => address.AddressFamily == AddressFamily.InterNetworkV6)
        .FirstOrDefault(IPAddress.Loopback);

    /// <remarks>Both listeners are open at the same time, so that the ports differ.</remarks>
    private static (int Silo, int Gateway) FreePorts()
    {
        using var silo = new TcpListener(IPAddress.Any, 0);
        using var gateway = new TcpListener(IPAddress.Any, 0);
        silo.Start();
        gateway.Start();
        return (((IPEndPoint)silo.LocalEndpoint).Port, ((IPEndPoint)gateway.LocalEndpoint).Port);
    }
}
