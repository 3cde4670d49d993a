using CacheOrleans.Client.Connection;

namespace CacheOrleans.Simulation.Cluster;

/// <summary>A client's connection; it exists from the start.</summary>
internal sealed class ClientConnection(IGrainFactory grains) : IClusterConnection
{
    public Gateways? Gateways => null;

    public IGrainFactory? Grains => grains;

    public string Address => "simulated";

    public ValueTask<IGrainFactory?> ConnectAsync(TimeSpan limit) => new(grains);
}
