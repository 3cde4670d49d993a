using System.Net.Sockets;
using CacheOrleans.Client;
using CacheOrleans.ClientProcess;
using CacheOrleans.Testing;
using CacheOrleans.Testing.Processes;
using CacheOrleans.Tls;

namespace CacheOrleans.EndToEnd.Clients;

/// <summary>A silo whose ports another machine can reach, and which clients are let in.</summary>
public sealed class ExposedClusterTests : IDisposable
{
    private const string NoNamespaces = "Network namespaces cannot be made here: that needs root and 'ip'.";
    private const string NoRedis = "There is no redis-server.";

    private readonly string _folder = Directory.CreateTempSubdirectory("cacheorleans-exposed-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ExposedCluster_OnlyCertificateHolders_ReadAndWrite()
    {
        using var elsewhere = NetworkNamespace.TryCreate();
        Assert.SkipWhen(elsewhere is null, NoNamespaces);
        using var redis = RedisServer.TryLaunch("--bind", elsewhere.Here, "127.0.0.1", "--protected-mode", "no");
        Assert.SkipWhen(redis is null, NoRedis);
        IssueCertificates("ours");
        IssueCertificates("foreign");
        var membership = $"{elsewhere.Here}:{redis.Port}";
        var gateway = FreePort.Next();
        await using var silo = await SiloProcess.StartAsync(new SiloSettings
        {
            Membership = membership,
            More = new(Certificate("ours", "silo"))
            {
                ["Orleans__AdvertisedAddress"] = elsewhere.Here,
                ["Orleans__GatewayPort"] = $"{gateway}",
            },
        });
        Assert.True(await AcceptsAsync(elsewhere.Here, gateway), "The gateway listens beyond loopback.");

        await using var right = await StartAsync(Certificate("ours", "client"));
        await using var none = await StartAsync([]);
        await using var wrong = await StartAsync(Certificate("foreign", "client"));

        await Eventually.TrueAsync(
            async () => await ErrorAsync(right, new(7, Action: "set", Value: "ours")) is null,
            "the client with a certificate of the cluster's authority writes");
        Assert.Equal("ours", (await right.DoAsync(new(7, Action: "find"))).Values[0]);
        foreach (var client in (ClientProcess[])[none, wrong])
        {
            foreach (var action in (string[])["find", "set", "remove", "removeByTag"])
            {
                Assert.StartsWith(
                    nameof(CacheUnavailableException),
                    await ErrorAsync(client, new(7, Action: action, Value: "theirs")),
                    StringComparison.Ordinal);
            }

            Assert.Equal("own", (await client.DoAsync(new(7, Value: "own"))).Values[0]);
        }

        Assert.Equal("ours", (await right.DoAsync(new(7, Action: "find"))).Values[0]);

        Task<ClientProcess> StartAsync(Dictionary<string, string> settings) =>
            ClientProcess.StartAsync(membership, start =>
            {
                foreach (var (name, value) in settings)
                {
                    start.Environment[name] = value;
                }

                elsewhere.Enter(start);
            });
    }

    private static async Task<string?> ErrorAsync(ClientProcess client, Order order) =>
        (await client.DoAsync(order)).Errors[0];

    private static async Task<bool> AcceptsAsync(string host, int port)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(host, port);
        return connection.Connected;
    }

    private void IssueCertificates(string name)
    {
        using var authority = CertificateAuthority.Create(TimeProvider.System.GetUtcNow());
        Write($"{name}-authority.pem", authority.CertificatePem);
        Write($"{name}-silo.pem", Whole(authority.IssueSilo(new ClusterTlsOptions().SiloName)));
        Write($"{name}-client.pem", Whole(authority.IssueClient("client")));

        static string Whole((string Certificate, string Key) issued) => issued.Certificate + issued.Key;
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);

    private Dictionary<string, string> Certificate(string authority, string name) => new()
    {
        ["Orleans__Tls__Certificate"] = Path.Combine(_folder, $"{authority}-{name}.pem"),
        ["Orleans__Tls__Authority"] = Path.Combine(_folder, $"{authority}-authority.pem"),
    };
}
