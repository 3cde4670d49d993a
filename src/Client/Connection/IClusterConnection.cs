namespace CacheOrleans.Client.Connection;

/// <summary>How this process reaches the cluster.</summary>
internal interface IClusterConnection
{
    /// <summary>The gateways it goes through; null where there are none, or they are none of our business.</summary>
    Gateways? Gateways { get; }

    /// <summary>Gives the way to the grains, or null while there is none.</summary>
    /// <remarks>Waits a little while the first connection is being made, and never otherwise.</remarks>
    ValueTask<IGrainFactory?> GetGrainsAsync();
}
