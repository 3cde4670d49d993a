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

    /// <summary>The cache's.</summary>
    public EmbeddedRedis? Redis { get; }

    /// <summary>The membership's.</summary>
    public EmbeddedRedis? Membership { get; }

    /// <summary>Starts or joins what the settings leave to embedded mode.</summary>
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
            // The second may fail after the first has started; the error goes on.
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
