using System.Net;
using System.Net.Sockets;
using CacheOrleans.Silo.Configuration;
using Orleans.Configuration;

namespace CacheOrleans.Silo.Clustering;

/// <summary>Where other silos and clients reach this one.</summary>
/// <param name="Address">The address that is told to them.</param>
/// <param name="SiloPort">The port for silos.</param>
/// <param name="GatewayPort">The port for clients.</param>
internal sealed record SiloEndpoints(IPAddress Address, int SiloPort, int GatewayPort)
{
    /// <summary>Takes what is configured, and chooses the rest.</summary>
    /// <param name="settings">What is configured.</param>
    /// <param name="membership">The connection string of the membership.</param>
    /// <exception cref="FormatException">The configured address is none.</exception>
    public static SiloEndpoints Choose(OrleansSettings settings, string membership)
    {
        var (silo, gateway) = FreePorts();
        return new(
            AddressOf(settings, membership),
            settings.SiloPort == 0 ? silo : settings.SiloPort,
            settings.GatewayPort == 0 ? gateway : settings.GatewayPort);
    }

    /// <summary>Has the silo listen: on loopback alone where others reach it there, else on every address.</summary>
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

    /// <summary>The address that is told to others.</summary>
    /// <inheritdoc cref="Choose" path="/param | /exception" />
    public static IPAddress AddressOf(OrleansSettings settings, string membership) =>
        ChooseAddress(
            settings.AdvertisedAddress, membership, () => HostAddress(Dns.GetHostAddresses(Dns.GetHostName())));

    /// <summary>A cluster whose membership is on loopback has all its silos on this machine.</summary>
    internal static IPAddress ChooseAddress(string? configured, string membership, Func<IPAddress> host)
    {
        if (!string.IsNullOrWhiteSpace(configured))
        {
            return IPAddress.TryParse(configured, out var address)
                ? address
                : throw new FormatException(
                    $"{OrleansSettings.SectionName}:{nameof(OrleansSettings.AdvertisedAddress)} is an IP address; "
                    + $"got '{configured}'.");
        }

        return RedisEndpoints.Read(membership).All(endpoint => ListenAddresses.IsLoopbackName(endpoint.Host))
            ? IPAddress.Loopback
            : host();
    }

    /// <summary>Another machine reaches the host by IPv4 where it has that, else by IPv6.</summary>
    internal static IPAddress HostAddress(IEnumerable<IPAddress> addresses) => addresses
        .Where(address => !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal)
        .OrderBy(address => address.AddressFamily == AddressFamily.InterNetworkV6)
        .FirstOrDefault(IPAddress.Loopback);

    /// <remarks>Both are held at once, so that they differ.</remarks>
    private static (int Silo, int Gateway) FreePorts()
    {
        using var silo = new TcpListener(IPAddress.Any, 0);
        using var gateway = new TcpListener(IPAddress.Any, 0);
        silo.Start();
        gateway.Start();
        return (((IPEndPoint)silo.LocalEndpoint).Port, ((IPEndPoint)gateway.LocalEndpoint).Port);
    }
}
