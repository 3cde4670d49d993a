using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CacheOrleans.Tls;

namespace CacheOrleans.Fuzz.Targets;

/// <summary>A file that is a certificate, its key and its authority at once, in PEM or PFX.</summary>
internal sealed class CertificateTarget : ITarget
{
    private readonly string[] _pem;
    private readonly byte[] _pfx;
    private readonly string _folder = Directory.CreateTempSubdirectory("cacheorleans-fuzz").FullName;
    private int _files;

    public CertificateTarget()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=fuzz", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        _pfx = certificate.Export(X509ContentType.Pkcs12);
        _pem =
        [
            certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n",
            key.ExportECPrivateKeyPem() + "\n",
            key.ExportEncryptedPkcs8PrivateKeyPem(Secret.Word, new(PbeEncryptionAlgorithm.Aes128Cbc, new("SHA256"), 1)),
            "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----", "\n", "",
        ];
        Words = [.. _pem, "-----BEGIN ", "-----", "BEGIN", "PRIVATE KEY", "=", "MII", "\r\n"];
    }

    public string Name => "certificate";

    public int Share => 1;

    public IReadOnlyList<string> Words { get; }

    public byte[] Generate(Random random) => random.Next(4) == 0 ? _pfx : Text.Bytes(random.Some(_pem, 4));

    public async ValueTask<string> RunAsync(byte[] input)
    {
        var path = Path.Combine(_folder, $"{Interlocked.Increment(ref _files)}");
        await File.WriteAllBytesAsync(path, input);
        try
        {
            var identity = new TlsFiles(new() { Certificate = path, Authority = path }).ReadIfChanged()!;
            Promise.That(identity.Certificate.HasPrivateKey, "A process has the key of its certificate.");
            identity.Certificate.Dispose();
            return "identity";
        }
        catch (InvalidOperationException exception)
        {
            Promise.That(
                exception.Message.StartsWith("Orleans:Tls:", StringComparison.Ordinal),
                $"The error names the setting: {exception}");
            return Outcome.Of(exception.Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
