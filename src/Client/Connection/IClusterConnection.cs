namespace CacheOrleans.Client.Connection;

/// <summary>How this process reaches the cluster.</summary>
internal interface IClusterConnection
{
    /// <summary>The gateways it goes through; null where there are none, or they are none of our business.</summary>
    Gateways? Gateways { get; }

    /// <summary>Makes references to grains; null while the client is not connected.</summary>
    IGrainFactory? Grains { get; }

    /// <summary>Waits briefly while the first connection is being made; otherwise returns at once.</summary>
    /// <returns>The same as <see cref="Grains"/>, after the wait.</returns>
    ValueTask<IGrainFactory?> ConnectAsync();
}
