using System.Net;

namespace CacheOrleans.Simulation.Cluster;

/// <summary>The addresses of simulated processes.</summary>
internal static class Addresses
{
    public static readonly GrainType ObserverType = GrainType.Create("simulatedobserver");

    private static readonly SiloAddress[] Silos =
    [
        .. Enumerable.Range(0, 32)
            .Select(number => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11000 + number), number + 1)),
    ];

    /// <summary>Returns the address of a silo; the same instance each time, because Orleans caches what it derives.
    /// </summary>
    public static SiloAddress Of(int number) => Silos[number];
}
