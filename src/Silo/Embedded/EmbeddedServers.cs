using CacheOrleans.Silo.Configuration;

namespace CacheOrleans.Silo.Embedded;

/// <summary>The servers of embedded mode; each is null where a connection string names a real one.</summary>
internal sealed class EmbeddedServers : IDisposable
{
    private EmbeddedServers(EmbeddedRedis? redis, EmbeddedRedis? membership)
    {
        Redis = redis;
        Membership = membership;
    }

    /// <summary>The server of the cache.</summary>
    public EmbeddedRedis? Redis { get; }

    /// <summary>The server of the membership.</summary>
    public EmbeddedRedis? Membership { get; }

    /// <summary>Starts or joins a server for each connection string that is not configured.</summary>
    public static async Task<EmbeddedServers> EnsureAsync(SiloSettings settings, CancellationToken cancellationToken)
    {
        var servers = new EmbeddedServers(
            settings.Redis is null ? Create(nameof(EmbeddedSettings.RedisPort), settings.Embedded.RedisPort) : null,
            settings.Membership is null
                ? Create(nameof(EmbeddedSettings.MembershipPort), settings.Embedded.MembershipPort)
                : null);
        try
        {
            await (servers.Redis?.EnsureAsync(cancellationToken) ?? Task.CompletedTask);
            await (servers.Membership?.EnsureAsync(cancellationToken) ?? Task.CompletedTask);
            return servers;
        }
        catch
        {
            // The second server may fail after the first has started; the error is rethrown.
            servers.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Redis?.Dispose();
        Membership?.Dispose();
    }

    private static EmbeddedRedis Create(string setting, int port) =>
        new($"{EmbeddedSettings.SectionName}:{setting}", port);
}
