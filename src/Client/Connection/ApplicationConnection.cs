namespace CacheOrleans.Client.Connection;

/// <summary>The connection that the application has already: it is a silo, or has an Orleans client of its
/// own.</summary>
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
