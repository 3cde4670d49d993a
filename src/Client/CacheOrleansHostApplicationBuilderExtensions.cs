using CacheOrleans.Client.Connection;

namespace Microsoft.Extensions.Hosting;

/// <summary>Connects an application to a CacheOrleans cluster.</summary>
public static class CacheOrleansHostApplicationBuilderExtensions
{
    /// <summary>Adds <see cref="IGrainFactory"/> and <see cref="IClusterClient"/>, connected to the cluster whose
    /// membership is stored in <c>ConnectionStrings:Membership</c>.</summary>
    /// <param name="builder">The application's builder.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>Without the connection string, the membership Redis of embedded mode on this machine is used. The
    /// host's start waits until a silo answers, and can be canceled. An application that uses only the cache does not
    /// need this method: <see cref="DependencyInjection.CacheClientServiceCollectionExtensions"/> adds a client that
    /// makes its own connection and lets the host start without a silo.</remarks>
    /// <exception cref="InvalidOperationException">The connection string cannot be read, or an id is empty; the message
    /// names the setting.</exception>
    /// <exception cref="FormatException">A name in the section <c>Orleans</c> is unknown; the message suggests the
    /// nearest.</exception>
    public static IHostApplicationBuilder AddCacheOrleansClusterClient(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var settings = ClusterSettings.Read(builder.Configuration);
        builder.UseOrleansClient(settings.Apply);
        return builder;
    }
}
