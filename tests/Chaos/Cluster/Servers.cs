using CacheOrleans.Chaos.Application;
using CacheOrleans.Testing;
using CacheOrleans.Testing.Processes;
using StackExchange.Redis;

namespace CacheOrleans.Chaos.Cluster;

/// <summary>The servers of a cluster, and the addresses of its silos.</summary>
internal sealed class Servers : IAsyncDisposable
{
    private Servers()
    {
    }

    /// <summary>The machine of the last silo; null if it is on this one.</summary>
    public NetworkNamespace? Elsewhere { get; private init; }

    /// <summary>The address of the cache's Redis, as all silos see it.</summary>
    public string RedisAddress { get; private init; } = Loopback;

    /// <summary>The addresses that the silos advertise.</summary>
    public IReadOnlyList<string> SiloAddresses { get; private init; } = [Loopback, Loopback, Loopback];

    public required RedisServer Redis { get; init; }

    public RedisServer? Replica { get; private set; }

    public required RedisServer Membership { get; init; }

    /// <summary>The connection string of the membership.</summary>
    public required string MembershipString { get; init; }

    /// <summary>The connection string of the cache's Redis.</summary>
    public string RedisString => Replica is null
        ? $"{RedisAddress}:{Redis.Port}"
        : $"{RedisAddress}:{Redis.Port},{RedisAddress}:{Replica.Port}";

    public required PostgresServer Postgres { get; init; }

    private const string Loopback = "127.0.0.1";

    /// <summary>Starts the servers.</summary>
    /// <exception cref="NotOnThisMachineException">A program is missing.</exception>
    public static async Task<Servers> StartAsync(ClusterShape shape)
    {
        var elsewhere = shape.IsSplit
            ? NetworkNamespace.TryCreate() ?? throw new NotOnThisMachineException("network namespaces (root, ip)")
            : null;
        string[] addresses = [.. Enumerable.Range(0, 4).Select(_ => elsewhere?.AddAddress() ?? Loopback)];
        string[] open = elsewhere is null
            ? []
            : ["--protected-mode", "no", "--bind", Loopback, .. addresses];
        var membership = Launch(open);
        var servers = new Servers
        {
            Elsewhere = elsewhere,
            Redis = Launch(open),
            Membership = membership,
            RedisAddress = addresses[0],
            MembershipString = $"{addresses[1]}:{membership.Port}",
            SiloAddresses = [addresses[2], addresses[3], elsewhere?.There ?? Loopback],
            Postgres = await PostgresServer.StartAsync() ?? throw new NotOnThisMachineException("PostgreSQL"),
        };
        if (shape.HasReplica)
        {
            servers.Replica = Launch("--replicaof", $"{Loopback} {servers.Redis.Port}");
        }

        await using var table = new RowTable(servers.Postgres.ConnectionString, new Random(0));
        await table.CreateAsync();
        return servers;
    }

    /// <summary>Executes a command in a Redis.</summary>
    public static async Task ExecuteAsync(RedisServer redis, string command, params object[] arguments)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(
            $"{redis.ConnectionString},allowAdmin=true");
        await connection.GetServers()[0].ExecuteAsync(command, arguments);
    }

    public async ValueTask DisposeAsync()
    {
        Redis.Dispose();
        Replica?.Dispose();
        Membership.Dispose();
        await Postgres.DisposeAsync();
        Elsewhere?.Dispose();
    }

    private static RedisServer Launch(params string[] arguments) =>
        RedisServer.TryLaunch(arguments) ?? throw new NotOnThisMachineException("redis-server");
}
