using System.Net;
using System.Net.Sockets;
using CacheOrleans.Silo.Configuration;

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
            ChooseAddress(settings.AdvertisedAddress, membership, HostAddress),
            settings.SiloPort == 0 ? silo : settings.SiloPort,
            settings.GatewayPort == 0 ? gateway : settings.GatewayPort);
    }

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

    private static IPAddress HostAddress() =>
        Array.Find(
            Dns.GetHostAddresses(Dns.GetHostName(), AddressFamily.InterNetwork),
            address => !IPAddress.IsLoopback(address))
        ?? IPAddress.Loopback;

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
