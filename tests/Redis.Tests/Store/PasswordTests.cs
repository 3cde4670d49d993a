using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using CacheOrleans.Redis.Store;
using CacheOrleans.Storage;
using CacheOrleans.Testing;
using StackExchange.Redis;

namespace CacheOrleans.Redis.Tests.Store;

/// <summary>The password changes while the store runs, or the server is not trusted.</summary>
public sealed class PasswordTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cacheorleans-password-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string PasswordFile => Path.Combine(_folder, "password");

    [Fact]
    public async Task Rotation_OfTheServersPassword_FailsOnlyCallsOnTheLostConnection()
    {
        using var server = Launch("--requirepass", "first");
        await using var admin = await AdminAsync(server, ",password=first");
        await using var store = Open(server, "first\n");
        await ReadsAsync(store, 50);

        await File.WriteAllTextAsync(PasswordFile, "second", Cancel);
        await admin.GetDatabase().ExecuteAsync("CONFIG", "SET", "requirepass", "second");
        await ReadsAsync(store, 50);

        await admin.GetDatabase().ExecuteAsync("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        Assert.All(await FailuresUntilRecoveryAsync(store), kind => Assert.Equal(StoreFailureKind.Connection, kind));
        await ReadsAsync(store, 200);
    }

    [Fact]
    public async Task Rotation_WhileAUserHasBothPasswords_FailsOnlyCallsOnTheLostConnection()
    {
        using var server = Launch("--requirepass", "admin"); // else a refused user becomes the default user
        await using var admin = await AdminAsync(server, ",password=admin");
        await admin.GetDatabase().ExecuteAsync("ACL", "SETUSER", "app", "on", ">first", "~cache:*", "+@all");
        await using var store = Open(server, "first", ",user=app");
        await ReadsAsync(store, 50);

        await admin.GetDatabase().ExecuteAsync("ACL", "SETUSER", "app", ">second");
        await File.WriteAllTextAsync(PasswordFile, "second", Cancel);
        await admin.GetDatabase().ExecuteAsync("CLIENT", "KILL", "USER", "app");
        Assert.All(await FailuresUntilRecoveryAsync(store), kind => Assert.Equal(StoreFailureKind.Connection, kind));

        await admin.GetDatabase().ExecuteAsync("ACL", "SETUSER", "app", "<first");
        await ReadsAsync(store, 200);
    }

    [Fact]
    [Trait("Row", "B2")]
    public async Task Calls_OnlyTheServersPasswordChanged_FailUntilTheFileChanges()
    {
        using var server = Launch("--requirepass", "first");
        await using var admin = await AdminAsync(server, ",password=first");
        await using var store = Open(server, "first");
        await ReadsAsync(store, 1);

        await admin.GetDatabase().ExecuteAsync("CONFIG", "SET", "requirepass", "second");
        await admin.GetDatabase().ExecuteAsync("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        await Eventually.TrueAsync(
            async () => (await ReadAsync(store)).Failure?.Kind == StoreFailureKind.Authentication,
            "the refusal is reported");
        var write = Writes.Value(Writes.Key("1"), 1, [1], TimeProvider.System.GetUtcNow());
        await WhileItConnectsAsync(admin, async () =>
        {
            Assert.Equal(StoreFailureKind.Authentication, (await ReadAsync(store)).Failure?.Kind);
            var written = await store.Store.WriteAsync([write], Cancel);
            Assert.Equal(StoreFailureKind.Authentication, written[0].Failure?.Kind);
            Assert.Equal(StoreFailureKind.Authentication, (await store.Store.ProbeAsync(Cancel))?.Kind);
        });

        await File.WriteAllTextAsync(PasswordFile, "second", Cancel);
        await FailuresUntilRecoveryAsync(store);
        await ReadsAsync(store, 50);
    }

    [Fact]
    [Trait("Row", "B2")]
    public async Task Calls_ToAServerWithAnUntrustedCertificate_FailWithConnection()
    {
        var (certificate, key) = (Path.Combine(_folder, "certificate"), Path.Combine(_folder, "key"));
        var port = FreePort.Next();
        WriteCertificate(certificate, key);
        using var server = Launch(
            "--tls-port", $"{port}", "--tls-cert-file", certificate, "--tls-key-file", key, "--tls-auth-clients", "no");
        await using var admin = await AdminAsync(server);
        await using var store = new TestStore($"127.0.0.1:{port},ssl=true,sslHost=localhost");

        var messages = string.Empty;
        await WhileItConnectsAsync(admin, async () =>
        {
            var failure = (await ReadAsync(store)).Failure!;
            Assert.Equal(StoreFailureKind.Connection, failure.Kind);
            Assert.Equal(StoreFailureKind.Connection, (await store.Store.ProbeAsync(Cancel))!.Kind);
            messages += failure.Exception;
        });
        Assert.Contains("certificate", messages, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("\n")]
    public void Parse_PasswordFileWithoutAPassword_SaysSo(string? content)
    {
        if (content is not null)
        {
            File.WriteAllText(PasswordFile, content);
        }

        var exception = Assert.Throws<ArgumentException>(() =>
            RedisConnectionString.Parse($"localhost:6379,passwordFile={PasswordFile}"));
        Assert.Contains($"its passwordFile cannot be used: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"'{PasswordFile}'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Connecting_WhileTheFileIsMissing_UsesTheFormerPassword()
    {
        File.WriteAllText(PasswordFile, "first");
        var options = RedisConnectionString.Parse($"localhost:6379, PasswordFile={PasswordFile} ,user=app");
        File.Delete(PasswordFile);
        options.BeforeSocketConnect!(options.EndPoints[0], ConnectionType.Interactive, null!);
        Assert.Equal(("app", "first"), (options.User, options.Password));

        File.WriteAllText(PasswordFile, "second ");
        options.BeforeSocketConnect!(options.EndPoints[0], ConnectionType.Interactive, null!);
        Assert.Equal("second ", options.Password);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static RedisServer Launch(params string[] arguments)
    {
        var server = RedisServer.TryLaunch(arguments);
        Assert.SkipWhen(server is null, "There is no redis-server on this machine.");
        return server;
    }

    private static Task<ConnectionMultiplexer> AdminAsync(RedisServer server, string options = "") =>
        ConnectionMultiplexer.ConnectAsync($"{server.ConnectionString}{options},allowAdmin=true");

    /// <summary>Repeats a check until the store has tried to connect five more times.</summary>
    private static async Task WhileItConnectsAsync(ConnectionMultiplexer admin, Func<Task> check)
    {
        var until = await ConnectionsAsync() + 5;
        await Eventually.TrueAsync(
            async () =>
            {
                await check();
                return await ConnectionsAsync() >= until;
            },
            "the store has tried to connect");

        async Task<long> ConnectionsAsync()
        {
            var info = (string)(await admin.GetDatabase().ExecuteAsync("INFO", "stats"))!;
            var count = Regex.Match(info, "total_connections_received:([0-9]+)").Groups[1].Value;
            return long.Parse(count, CultureInfo.InvariantCulture);
        }
    }

    private static ValueTask<StoreReadResult> ReadAsync(TestStore store) =>
        store.Store.ReadAsync(Writes.Key("none"), Cancel);

    private static async Task ReadsAsync(TestStore store, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.Equal(StoreReadStatus.Missing, (await ReadAsync(store)).Status);
        }
    }

    private static async Task<List<StoreFailureKind>> FailuresUntilRecoveryAsync(TestStore store)
    {
        var failures = new List<StoreFailureKind>();
        await Eventually.TrueAsync(
            async () =>
            {
                if ((await ReadAsync(store)).Failure is not { } failure)
                {
                    return true;
                }

                failures.Add(failure.Kind);
                return false;
            },
            "Redis is reached again");
        return failures;
    }

    private static void WriteCertificate(string certificate, string key)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        var request = new CertificateRequest("CN=localhost", pair, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(certificate, made.ExportCertificatePem());
        File.WriteAllText(key, pair.ExportPkcs8PrivateKeyPem());
    }

    private TestStore Open(RedisServer server, string password, string more = "")
    {
        File.WriteAllText(PasswordFile, password);
        return new($"{server.ConnectionString}{more},passwordFile={PasswordFile}");
    }
}
