namespace CacheOrleans.Client.Connection;

/// <summary>The existing connection of an application that is a silo or has its own Orleans client.</summary>
internal sealed class ApplicationConnection(IGrainFactory grains, Gateways? gateways) : IClusterConnection
{
    /// <inheritdoc />
    public Gateways? Gateways => gateways;

    /// <inheritdoc />
    public IGrainFactory? Grains => grains;

    /// <inheritdoc />
    public string Address => string.Empty;

    /// <inheritdoc />
    public ValueTask<IGrainFactory?> ConnectAsync(TimeSpan limit) => new(grains);
}
