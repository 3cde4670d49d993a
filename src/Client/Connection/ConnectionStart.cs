using Microsoft.Extensions.Hosting;

namespace CacheOrleans.Client.Connection;

/// <summary>Begins to connect when the application starts, without waiting for the connection.</summary>
internal sealed class ConnectionStart(IClusterConnection connection) : IHostedService
{
    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        (connection as PrivateConnection)?.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
