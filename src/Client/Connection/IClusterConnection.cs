namespace CacheOrleans.Client.Connection;

/// <summary>How this process reaches the cluster.</summary>
internal interface IClusterConnection
{
    /// <summary>The gateways it goes through; null where there are none, or they are none of our business.</summary>
    Gateways? Gateways { get; }

    /// <summary>The way to the grains; null while there is none.</summary>
    IGrainFactory? Grains { get; }

    /// <summary>Waits a little for the first connection, if that is being made, and never otherwise.</summary>
    /// <returns>The way to the grains; null when there is none.</returns>
    ValueTask<IGrainFactory?> ConnectAsync();
}
