using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CacheOrleans.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Connections.Security;

namespace CacheOrleans.Tls;

/// <summary>Encrypts the connections between silos and from clients to silos, and admits only holders of the cluster's
/// certificates.</summary>
/// <remarks>Both sides present a certificate. The silo ports accept only silos: a client's certificate is rejected
/// there. Silos and clients connect only to servers that are silos.</remarks>
public sealed class ClusterTls
{
    private readonly ClusterTlsOptions _options;
    private readonly TlsFiles _files;
    private readonly TlsIdentity _first;

    private ClusterTls(ClusterTlsOptions options)
    {
        _options = options;
        _files = new TlsFiles(options);
        _first = _files.ReadIfChanged()!;
    }

    /// <summary>Reads the certificates of a silo.</summary>
    /// <param name="configuration">The configuration, with the section <see cref="ClusterTlsOptions.SectionName"/>.
    /// </param>
    /// <returns>The certificates; null when the section is not set.</returns>
    /// <exception cref="InvalidOperationException">The certificate or the authority cannot be used; the message names
    /// the setting.</exception>
    /// <exception cref="FormatException">A name in the section is unknown; the message suggests the nearest known name.
    /// </exception>
    public static ClusterTls? ReadForSilo(IConfiguration configuration)
    {
        var tls = Read(configuration);
        tls?.CheckIsSilo();
        return tls;
    }

    /// <summary>Reads the certificates of a client.</summary>
    /// <inheritdoc cref="ReadForSilo"/>
    public static ClusterTls? ReadForClient(IConfiguration configuration) => Read(configuration);

    /// <summary>Secures a silo's ports and its connections to other silos.</summary>
    /// <param name="silo">The silo.</param>
    public void Secure(ISiloBuilder silo)
    {
        ArgumentNullException.ThrowIfNull(silo);
        silo.Services.AddOptions<SiloConnectionOptions>().Configure<IServiceProvider>((options, services) =>
        {
            var identity = Renewed(services);
            options.ConfigureSiloInboundConnection(connection =>
                connection.UseServerTls(Inbound(identity, fromSilosOnly: true)));
            options.ConfigureGatewayInboundConnection(connection =>
                connection.UseServerTls(Inbound(identity, fromSilosOnly: false)));
            options.ConfigureSiloOutboundConnection(connection => connection.UseClientTls(Outbound(identity)));
        });
    }

    /// <summary>Secures a client's connections.</summary>
    /// <param name="client">The client.</param>
    public void Secure(IClientBuilder client)
    {
        ArgumentNullException.ThrowIfNull(client);
        client.Services.AddOptions<ClientConnectionOptions>().Configure<IServiceProvider>((options, services) =>
        {
            var identity = Renewed(services);
            options.ConfigureConnection(connection => connection.UseClientTls(Outbound(identity)));
        });
    }

    private static ClusterTls? Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (!configuration.GetSection(ClusterTlsOptions.SectionName).Exists())
        {
            return null;
        }

        var options = new ClusterTlsOptions();
        configuration.BindStrictly(ClusterTlsOptions.SectionName, options);
        if (string.IsNullOrWhiteSpace(options.SiloName))
        {
            throw Invalid(nameof(options.SiloName), "is empty.");
        }

        var tls = new ClusterTls(options);
        tls.CheckIsIssued();
        return tls;
    }

    private static InvalidOperationException Invalid(string setting, string why) =>
        new($"{ClusterTlsOptions.SectionName}:{setting} {why}");

    private RenewedIdentity Renewed(IServiceProvider services) => new(
        _files,
        _first,
        services.GetRequiredService<TimeProvider>(),
        services.GetRequiredService<ILogger<RenewedIdentity>>());

    /// <summary>Fails the start if other processes would not accept the certificate.</summary>
    private void CheckIsIssued()
    {
        using var chain = new X509Chain { ChainPolicy = _first.ChainPolicy() };
        chain.ChainPolicy.ExtraStore.AddRange(_first.Intermediates);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(TlsIdentity.ClientAuthentication));
        if (!chain.Build(_first.Certificate))
        {
            var why = string.Join(" ", chain.ChainStatus.Select(status => status.StatusInformation.Trim()).Distinct());
            throw Invalid(
                nameof(ClusterTlsOptions.Certificate),
                $"is not a certificate that another process would accept under "
                + $"{ClusterTlsOptions.SectionName}:{nameof(ClusterTlsOptions.Authority)}: {why}");
        }
    }

    private void CheckIsSilo()
    {
        if (!TlsIdentity.IsSilo(_first.Certificate, _options.SiloName))
        {
            throw Invalid(
                nameof(ClusterTlsOptions.Certificate),
                $"is not a silo's certificate: '{_options.SiloName}' must be among its alternative DNS names, and "
                + "server authentication among its extended key usages.");
        }
    }

    private TlsOptions Inbound(RenewedIdentity identity, bool fromSilosOnly) => new()
    {
        LocalCertificate = _first.Certificate,
        RemoteCertificateMode = RemoteCertificateMode.RequireCertificate,
        RemoteCertificateValidation = (certificate, _, errors) =>
            errors == SslPolicyErrors.None && (!fromSilosOnly || TlsIdentity.IsSilo(certificate, _options.SiloName)),
        OnAuthenticateAsServer = (_, handshake) =>
        {
            var now = identity.Now;
            var options = (SslServerAuthenticationOptions)handshake.SslServerAuthenticationOptions;
            options.ServerCertificateSelectionCallback = null;
            options.ServerCertificateContext = now.Context;
            options.CertificateChainPolicy = now.ChainPolicy();
        },
    };

    private TlsOptions Outbound(RenewedIdentity identity) => new()
    {
        RemoteCertificateMode = RemoteCertificateMode.RequireCertificate,
        RemoteCertificateValidation = (certificate, _, errors) =>
            errors == SslPolicyErrors.None && TlsIdentity.IsSilo(certificate, _options.SiloName),
        OnAuthenticateAsClient = (_, handshake) =>
        {
            var now = identity.Now;
            var options = (SslClientAuthenticationOptions)handshake.SslClientAuthenticationOptions;
            options.TargetHost = _options.SiloName;
            options.ClientCertificateContext = now.Context;
            options.CertificateChainPolicy = now.ChainPolicy();
        },
    };
}
