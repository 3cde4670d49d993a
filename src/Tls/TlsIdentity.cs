using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace CacheOrleans.Tls;

/// <summary>What a process shows others, and which authorities it trusts.</summary>
/// <param name="Certificate">The certificate with its private key.</param>
/// <param name="Intermediates">The certificates between it and its authority.</param>
/// <param name="Authorities">The authorities.</param>
internal sealed record TlsIdentity(
    X509Certificate2 Certificate, X509Certificate2Collection Intermediates, X509Certificate2Collection Authorities)
{
    /// <summary>The extended key usage of servers.</summary>
    public const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>The extended key usage of clients.</summary>
    public const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>The certificate as a handshake shows it.</summary>
    public SslStreamCertificateContext Context { get; } =
        SslStreamCertificateContext.Create(Certificate, Intermediates, offline: true);

    /// <summary>Whether a certificate that an authority has issued is a silo's.</summary>
    /// <remarks>It names the silos, and may be used by servers; a client's may not, so that no client can play a silo.
    /// </remarks>
    public static bool IsSilo(X509Certificate2 certificate, string siloName) =>
        certificate.MatchesHostname(siloName, allowWildcards: false, allowCommonName: false)
        && certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .Any(usages => usages.EnhancedKeyUsages[ServerAuthentication] is not null);

    /// <summary>How the certificates of others are checked: their authority must be one of ours.</summary>
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
