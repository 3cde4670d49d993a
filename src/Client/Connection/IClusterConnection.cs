namespace CacheOrleans.Client.Connection;

/// <summary>How this process reaches the cluster.</summary>
internal interface IClusterConnection
{
    /// <summary>The gateways it goes through; null where there are none, or they are none of our business.</summary>
    Gateways? Gateways { get; }

    /// <summary>Makes references to grains; null while the client is not connected.</summary>
    IGrainFactory? Grains { get; }

    /// <summary>Which cluster it is and where its membership is kept, for messages; empty: not known here.</summary>
    string Address { get; }

    /// <summary>Waits while the first connection is being made; otherwise returns at once.</summary>
    /// <param name="limit">How long, from when it was begun.</param>
    /// <returns>The same as <see cref="Grains"/>, after the wait.</returns>
    ValueTask<IGrainFactory?> ConnectAsync(TimeSpan limit);
}
