namespace CacheOrleans.Client.Connection;

/// <summary>The connection to the cluster as one client uses it.</summary>
/// <param name="connection">The connection, which all clients of the process share.</param>
/// <param name="limit">How long calls wait for the first connection, counted from its start.</param>
/// <param name="observer">Is notified when a value changes.</param>
internal sealed class ClientConnection(IClusterConnection connection, TimeSpan limit, INearCacheObserver observer)
{
    private ClusterLink? _link;
    private volatile bool _hasFailed;

    /// <summary>Whether the client is connected.</summary>
    public bool IsConnected => connection.Grains is not null;

    /// <summary>Whether a wait for the first connection has ended without it, so that further calls need not
    /// wait.</summary>
    public bool HasFailed => _hasFailed && !IsConnected;

    /// <inheritdoc cref="IClusterConnection.Address" />
    public string Address => connection.Address;

    /// <summary>Waits while the first connection is being made; otherwise returns at once.</summary>
    /// <returns>Whether the client is connected.</returns>
    public async ValueTask<bool> ConnectAsync()
    {
        _hasFailed = await connection.ConnectAsync(limit).ConfigureAwait(false) is null;
        return !_hasFailed;
    }

    /// <summary>Passes the call to Orleans.</summary>
    /// <returns>Null if Orleans did not accept the call: an exception thrown here means that the call never left the
    /// process, and it can be of any type while the application's own client has not started.</returns>
    public Task<T>? Send<TState, T>(OwnerCall<TState, T> ownerCall)
    {
        try
        {
            return connection.Grains is { } grains ? ownerCall.Call(LinkTo(grains), ownerCall.State) : null;
        }
        // Any exception means that the call was not sent; see the documentation of the result.
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>Checks which gateways respond.</summary>
    /// <inheritdoc cref="Gateways.CheckAsync" path="/param[@name='since']" />
    /// <inheritdoc cref="Gateways.CheckAsync" path="/returns" />
    public async Task<bool> CheckGatewaysAsync(long since) =>
        connection is { Gateways: { } gateways, Grains: { } grains }
        && await gateways.CheckAsync(grains, since).ConfigureAwait(false);

    private ClusterLink LinkTo(IGrainFactory grains)
    {
        var link = _link;
        if (link?.Grains != grains)
        {
            // Two callers may each create one; both work, and the copies of either are notified of changes.
            _link = link = new ClusterLink(grains, grains.CreateObjectReference<INearCacheObserver>(observer));
        }

        return link;
    }
}
