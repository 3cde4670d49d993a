using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime.Messaging;

namespace CacheOrleans.Tls.Tests;

public sealed class ClusterTlsTests : IDisposable
{
    private readonly CertificateFolder _ours = new();
    private readonly CertificateFolder _foreign = new();

    private ClusterTls Silo => ClusterTls.ReadForSilo(_ours.Settings(CertificateFolder.Silo))!;

    private ClusterTls Client => ClusterTls.ReadForClient(_ours.Settings(CertificateFolder.Client))!;

    public void Dispose()
    {
        _ours.Dispose();
        _foreign.Dispose();
    }

    [Fact]
    public async Task CertificatesOfOneAuthority_LetSilosAndClientsConnect()
    {
        await using var cluster = await SecuredCluster.StartAsync(Silo);
        await cluster.AddAsync(Silo);

        Assert.Equal(2, await cluster.CountSilosAsync(Client));
        Assert.Equal(2, await cluster.CountSilosAsync(Silo));
    }

    [Fact]
    public async Task Client_WithoutACertificate_IsNotConnected()
    {
        await using var cluster = await SecuredCluster.StartAsync(Silo);

        await Assert.ThrowsAsync<ConnectionFailedException>(() => cluster.CountSilosAsync(tls: null));
    }

    [Fact]
    public async Task Client_OfAnotherAuthority_IsNotConnected()
    {
        await using var cluster = await SecuredCluster.StartAsync(Silo);
        var client = ClusterTls.ReadForClient(_foreign.Settings(CertificateFolder.Client));

        await Assert.ThrowsAsync<ConnectionFailedException>(() => cluster.CountSilosAsync(client));
    }

    /// <remarks>A silo that accepts a connection waits for its first message.</remarks>
    [Fact]
    public async Task ClientsCertificate_DoesNotOpenTheSiloPort()
    {
        await using var cluster = await SecuredCluster.StartAsync(Silo);
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, cluster.SiloPort);
        await using var tls = new SslStream(connection.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = new ClusterTlsOptions().SiloName,
            ClientCertificates = [_ours.Own(CertificateFolder.Client)],
            CertificateChainPolicy = _ours.Trust(),
        });

        await Assert.ThrowsAnyAsync<IOException>(async () =>
            await tls.ReadExactlyAsync(new byte[1]).AsTask().WaitAsync(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task Client_ServerShowsAClientsCertificate_DoesNotConnect()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var heard = 0;
        var served = Task.Run(async () =>
        {
            using var accepted = await listener.AcceptTcpClientAsync();
            await using var tls = new SslStream(accepted.GetStream());
            await tls.AuthenticateAsServerAsync(_ours.Own(CertificateFolder.Client));
            heard = await tls.ReadAsync(new byte[1024]);
        });

        await Assert.ThrowsAsync<ConnectionFailedException>(() => SecuredCluster.CountSilosAsync(
            ((IPEndPoint)listener.LocalEndpoint).Port, Client));
        await Record.ExceptionAsync(() => served);
        Assert.Equal(0, heard);
    }

    [Fact]
    public async Task RenewedFiles_AreUsedByNewConnections()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var cluster = await SecuredCluster.StartAsync(Silo, time);
        Assert.Equal(1, await cluster.CountSilosAsync(Client));

        _ours.Renew();
        time.Advance(RenewedIdentity.Period);

        Assert.Equal(1, await cluster.CountSilosAsync(Client));
    }
}
