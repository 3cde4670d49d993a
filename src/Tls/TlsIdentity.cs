using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace CacheOrleans.Tls;

/// <summary>The certificate that a process presents to others, and the authorities that it trusts.</summary>
/// <param name="Certificate">The certificate with its private key.</param>
/// <param name="Intermediates">The certificates between the certificate and its authority.</param>
/// <param name="Authorities">The trusted authorities.</param>
internal sealed record TlsIdentity(
    X509Certificate2 Certificate, X509Certificate2Collection Intermediates, X509Certificate2Collection Authorities)
{
    /// <summary>The extended key usage of servers.</summary>
    public const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>The extended key usage of clients.</summary>
    public const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>The certificate in the form that handshakes use.</summary>
    public SslStreamCertificateContext Context { get; } =
        SslStreamCertificateContext.Create(Certificate, Intermediates, offline: true);

    /// <summary>Whether a certificate is a silo's; the caller has checked that a trusted authority issued it.</summary>
    /// <remarks>A silo's certificate has the silos' name and the server key usage. A client's certificate does not have
    /// that usage, so that no client can impersonate a silo.</remarks>
    public static bool IsSilo(X509Certificate2 certificate, string siloName) =>
        certificate.MatchesHostname(siloName, allowWildcards: false, allowCommonName: false)
        && certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .Any(usages => usages.EnhancedKeyUsages[ServerAuthentication] is not null);

    /// <summary>Returns the policy by which the certificates of other processes are checked: they must be issued by one
    /// of the trusted authorities.</summary>
    public X509ChainPolicy ChainPolicy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(Authorities);
        return policy;
    }
}
