using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Tls.Tests;

public sealed class RenewedIdentityTests : IDisposable
{
    private readonly CertificateFolder _folder = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Now_FilesChange_ReturnsTheNewCertificateAfterThePeriod()
    {
        var renewed = Renewed(new FakeLogger());
        var first = renewed.Now.Certificate.Thumbprint;

        _folder.Renew();
        Assert.Equal(first, renewed.Now.Certificate.Thumbprint);
        _time.Advance(RenewedIdentity.Period);

        Assert.NotEqual(first, renewed.Now.Certificate.Thumbprint);
    }

    [Fact]
    public void Now_HalfOfAPairIsWritten_KeepsTheFormerUntilComplete()
    {
        var log = new FakeLogger();
        var renewed = Renewed(log);
        var first = renewed.Now.Certificate.Thumbprint;
        var key = File.ReadAllText(_folder.In("silo.key"));
        _folder.Renew();
        var newKey = File.ReadAllText(_folder.In("silo.key"));
        _folder.Write("silo.key", key);

        for (var i = 0; i < 3; i++)
        {
            _time.Advance(RenewedIdentity.Period);
            Assert.Equal(first, renewed.Now.Certificate.Thumbprint);
        }

        var line = Assert.Single(log.Collector.GetSnapshot());
        Assert.Contains("Orleans:Tls:Key", line.Message, StringComparison.Ordinal);
        _folder.Write("silo.key", newKey);
        _time.Advance(RenewedIdentity.Period);
        Assert.NotEqual(first, renewed.Now.Certificate.Thumbprint);
    }

    private RenewedIdentity Renewed(ILogger log)
    {
        var files = new TlsFiles(new ClusterTlsOptions
        {
            Certificate = _folder.In("silo.pem"),
            Key = _folder.In("silo.key"),
            Authority = _folder.In("authority.pem"),
        });
        return new RenewedIdentity(files, files.ReadIfChanged()!, _time, log);
    }
}
