namespace CacheOrleans.Client.Connection;

/// <summary>The connection of this process to the cluster.</summary>
internal interface IClusterConnection
{
    /// <summary>The gateways of the connection; null if there are none, or they are not managed by this
    /// client.</summary>
    Gateways? Gateways { get; }

    /// <summary>Creates references to grains; null while the client is not connected.</summary>
    IGrainFactory? Grains { get; }

    /// <summary>Names the cluster and where its membership is stored, for messages; empty if this is unknown
    /// here.</summary>
    string Address { get; }

    /// <summary>Waits while the first connection is being made; otherwise returns at once.</summary>
    /// <param name="limit">How long to wait, counted from the start of the connection.</param>
    /// <returns>The same as <see cref="Grains"/>, after the wait.</returns>
    ValueTask<IGrainFactory?> ConnectAsync(TimeSpan limit);
}
