using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CacheOrleans.Tls;

/// <summary>Reads certificates from files; every error message names the setting.</summary>
internal sealed class TlsFiles(ClusterTlsOptions options)
{
    private byte[]? _read;

    /// <summary>Reads the files.</summary>
    /// <returns>The certificates; null when the files have not changed since the last read.</returns>
    /// <exception cref="InvalidOperationException">A file is missing or has invalid content.</exception>
    public TlsIdentity? ReadIfChanged()
    {
        var certificate = Read(nameof(options.Certificate), options.Certificate);
        var key = options.Key is null ? certificate : Read(nameof(options.Key), options.Key);
        var authority = Read(nameof(options.Authority), options.Authority);
        var read = SHA256.HashData([.. SHA256.HashData(certificate), .. SHA256.HashData(key), .. authority]);
        if (_read is not null && read.AsSpan().SequenceEqual(_read))
        {
            return null;
        }

        var own = IsPem(certificate) ? ReadPem(certificate, key) : ReadPfx(certificate);
        var identity = new TlsIdentity(own[0], [.. own.Skip(1)], ReadAuthorities(authority));
        _read = read;
        return identity;
    }

    private static bool IsPem(byte[] file) => Encoding.ASCII.GetString(file).Contains("-----BEGIN ");

    private static InvalidOperationException Invalid(string setting, string why, Exception? inner = null) =>
        new($"{ClusterTlsOptions.SectionName}:{setting} {why}", inner);

    private static byte[] Read(string setting, string? path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw Invalid(setting, "is not set: TLS needs a certificate and the authority that issued it.");
        }

        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Invalid(setting, $"cannot be read: {exception.Message}", exception);
        }
    }

    private X509Certificate2Collection ReadPem(byte[] certificate, byte[] key)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(Encoding.ASCII.GetString(certificate));
        }
        catch (CryptographicException exception)
        {
            throw Invalid(nameof(options.Certificate), $"is not a certificate in PEM: {exception.Message}", exception);
        }

        if (certificates.Count == 0)
        {
            throw Invalid(nameof(options.Certificate), "is a PEM file without a certificate.");
        }

        certificates[0] = WithKey(certificates[0], Encoding.ASCII.GetString(key));
        return certificates;
    }

    private X509Certificate2 WithKey(X509Certificate2 certificate, string key)
    {
        var setting = options.Key is null ? nameof(options.Certificate) : nameof(options.Key);
        try
        {
            var pem = certificate.ExportCertificatePem();
            var own = options.Password is { } password
                ? X509Certificate2.CreateFromEncryptedPem(pem, key, password)
                : X509Certificate2.CreateFromPem(pem, key);

            // The TLS implementation of Windows does not accept keys that exist only in memory.
            return OperatingSystem.IsWindows()
                ? X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), password: null)
                : own;
        }
        catch (Exception exception)
            when (exception is CryptographicException or ArgumentException or PlatformNotSupportedException)
        {
            throw Invalid(setting, $"has no private key for the certificate: {exception.Message}", exception);
        }
    }

    private X509Certificate2Collection ReadPfx(byte[] file)
    {
        try
        {
            var certificates = X509CertificateLoader.LoadPkcs12Collection(file, options.Password);
            return certificates.FirstOrDefault(certificate => certificate.HasPrivateKey) is { } own
                ? [own, .. certificates.Where(certificate => certificate != own)]
                : throw Invalid(nameof(options.Certificate), "is a PFX file without a private key.");
        }
        catch (Exception exception) when (exception is CryptographicException or PlatformNotSupportedException)
        {
            throw Invalid(
                nameof(options.Certificate),
                $"is neither a PEM file nor a PFX file that {ClusterTlsOptions.SectionName}:{nameof(options.Password)} "
                + $"can open: {exception.Message}",
                exception);
        }
    }

    private X509Certificate2Collection ReadAuthorities(byte[] file)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPem(Encoding.ASCII.GetString(file));
        }
        catch (CryptographicException exception)
        {
            throw Invalid(nameof(options.Authority), $"is not a certificate in PEM: {exception.Message}", exception);
        }

        return authorities.Count > 0
            ? authorities
            : throw Invalid(nameof(options.Authority), "is not a PEM file with a certificate.");
    }
}
