using Microsoft.Extensions.Configuration;

namespace CacheOrleans.Tls.Tests;

/// <summary>Errors at the start of a process whose certificate no peer would accept.</summary>
public sealed class ReadingTests : IDisposable
{
    private readonly CertificateFolder _ours = new();
    private readonly CertificateFolder _foreign = new();

    public void Dispose()
    {
        _ours.Dispose();
        _foreign.Dispose();
    }

    [Fact]
    public void NothingConfigured_TlsIsOff() =>
        Assert.Null(ClusterTls.ReadForSilo(new ConfigurationBuilder().Build()));

    [Theory]
    [InlineData("Certificate", null, "Orleans:Tls:Certificate is not set")]
    [InlineData("Authority", null, "Orleans:Tls:Authority is not set")]
    [InlineData("Certificate", "absent.pem", "Orleans:Tls:Certificate cannot be read")]
    [InlineData("Certificate", "silo.key", "Orleans:Tls:Certificate is a PEM file without a certificate")]
    [InlineData("Certificate", "notes.txt", "Orleans:Tls:Certificate is neither a PEM file nor a PFX file")]
    [InlineData("Certificate", "client.pem", "Orleans:Tls:Key has no private key for the certificate")]
    [InlineData("Key", "absent.key", "Orleans:Tls:Key cannot be read")]
    [InlineData("Key", null, "Orleans:Tls:Certificate has no private key for the certificate")]
    [InlineData("Authority", "notes.txt", "Orleans:Tls:Authority is not a PEM file with a certificate")]
    [InlineData("SiloName", "", "Orleans:Tls:SiloName is empty")]
    [InlineData("SiloName", "another-silo", "'another-silo' must be among its alternative DNS names")]
    public void WrongSetting_IsNamed(string setting, string? value, string expected)
    {
        _ours.Write("notes.txt", "Nothing of the kind.");
        var changed = value is { Length: > 0 } && setting != "SiloName" ? _ours.In(value) : value;
        var settings = _ours.Settings(CertificateFolder.Silo, (setting, changed));

        var error = Assert.Throws<InvalidOperationException>(() => ClusterTls.ReadForSilo(settings));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CertificateOfAnotherAuthority_IsRejected()
    {
        var settings = _ours.Settings(CertificateFolder.Silo, ("Authority", _foreign.In("authority.pem")));

        var error = Assert.Throws<InvalidOperationException>(() => ClusterTls.ReadForSilo(settings));

        Assert.Contains("under Orleans:Tls:Authority", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ExpiredCertificate_IsRejected()
    {
        using var authority = CertificateAuthority.Create(TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(400));
        _ours.Write("authority.pem", authority.CertificatePem);
        _ours.Write(CertificateFolder.Client, authority.IssueClient("client"));

        var error = Assert.Throws<InvalidOperationException>(
            () => ClusterTls.ReadForClient(_ours.Settings(CertificateFolder.Client)));

        Assert.Contains("expired", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ClientCertificate_ForASilo_IsRejected()
    {
        var settings = _ours.Settings(CertificateFolder.Client);

        Assert.NotNull(ClusterTls.ReadForClient(settings));
        var error = Assert.Throws<InvalidOperationException>(() => ClusterTls.ReadForSilo(settings));

        Assert.Contains("Orleans:Tls:Certificate is not a silo's", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("secret", null)]
    [InlineData("secret", "wrong")]
    [InlineData("secret", "secret")]
    public void Pfx_WithItsPassword_IsOpened(string password, string? given)
    {
        using var own = _ours.Own(CertificateFolder.Silo);
        File.WriteAllBytes(
            _ours.In("silo.pfx"),
            own.Export(System.Security.Cryptography.X509Certificates.X509ContentType.Pkcs12, password));
        var settings = _ours.Settings(
            CertificateFolder.Silo, ("Certificate", _ours.In("silo.pfx")), ("Key", null), ("Password", given));

        if (given == password)
        {
            Assert.NotNull(ClusterTls.ReadForSilo(settings));
            return;
        }

        var error = Assert.Throws<InvalidOperationException>(() => ClusterTls.ReadForSilo(settings));
        Assert.Contains("Orleans:Tls:Password", error.Message, StringComparison.Ordinal);
    }
}
