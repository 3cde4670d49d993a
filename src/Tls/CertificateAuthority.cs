using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CacheOrleans.Tls;

/// <summary>A cluster's own certificate authority, which issues the certificates of its silos and clients.</summary>
/// <remarks>The authority is valid for ten years, and the certificates that it issues for 397 days. Keys are ECDSA keys
/// on P-256.</remarks>
public sealed class CertificateAuthority : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(10 * 365);
    private static readonly TimeSpan IssuedLife = TimeSpan.FromDays(397);

    /// <summary>How much the clocks of two machines may differ.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromHours(1);

    private readonly X509Certificate2 _certificate;
    private readonly DateTimeOffset _now;

    private CertificateAuthority(X509Certificate2 certificate, DateTimeOffset now)
    {
        _certificate = certificate;
        _now = now;
    }

    /// <summary>The authority's certificate, in PEM.</summary>
    public string CertificatePem => _certificate.ExportCertificatePem() + "\n";

    /// <summary>The authority's private key, in PEM.</summary>
    public string KeyPem => KeyOf(_certificate);

    /// <summary>Creates an authority.</summary>
    /// <param name="now">The current time.</param>
    public static CertificateAuthority Create(DateTimeOffset now)
    {
        using var key = NewKey();
        var request = new CertificateRequest("CN=CacheOrleans authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return new(request.CreateSelfSigned(now - Skew, now + Life), now);
    }

    /// <summary>Reads an authority that was created earlier.</summary>
    /// <param name="certificatePem">The authority's <see cref="CertificatePem"/>.</param>
    /// <param name="keyPem">The authority's <see cref="KeyPem"/>.</param>
    /// <param name="now">The current time.</param>
    /// <exception cref="CryptographicException">The texts are not a certificate and its key.</exception>
    public static CertificateAuthority Read(string certificatePem, string keyPem, DateTimeOffset now) =>
        new(X509Certificate2.CreateFromPem(certificatePem, keyPem), now);

    /// <summary>Issues a certificate for silos.</summary>
    /// <param name="siloName">The name that all silos share, <see cref="ClusterTlsOptions.SiloName"/>.</param>
    /// <returns>The certificate and its private key, in PEM.</returns>
    public (string Certificate, string Key) IssueSilo(string siloName) =>
        Issue(
            $"CN={siloName}", siloName, TlsIdentity.ServerAuthentication, TlsIdentity.ClientAuthentication);

    /// <summary>Issues a certificate for a client.</summary>
    /// <param name="name">The client's name.</param>
    /// <returns>The certificate and its private key, in PEM.</returns>
    public (string Certificate, string Key) IssueClient(string name) =>
        Issue($"CN={name}", dnsName: null, TlsIdentity.ClientAuthentication);

    /// <inheritdoc />
    public void Dispose() => _certificate.Dispose();

    private static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static string KeyOf(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()
            ?? throw new CryptographicException("The authority's key is not an ECDSA key.");
        return key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    private (string Certificate, string Key) Issue(string subject, string? dnsName, params string[] usages)
    {
        using var key = NewKey();
        var request = new CertificateRequest(new X500DistinguishedName(subject), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [.. usages.Select(usage => new Oid(usage))], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
            _certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        if (dnsName is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(dnsName);
            request.CertificateExtensions.Add(names.Build());
        }

        var end = _now + IssuedLife;
        using var issued = request.Create(
            _certificate,
            _now - Skew,
            end < _certificate.NotAfter ? end : _certificate.NotAfter,
            RandomNumberGenerator.GetBytes(16));
        return (issued.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
    }
}
