using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;

namespace CacheOrleans.Tls.Tests;

/// <summary>A folder with an authority, and with the certificates of a silo and of a client.</summary>
internal sealed class CertificateFolder : IDisposable
{
    public const string Silo = "silo";
    public const string Client = "client";

    public CertificateFolder() => Renew();

    public string Path { get; } = Directory.CreateTempSubdirectory("cacheorleans-tls-").FullName;

    /// <summary>Replaces the authority and the certificates with new ones.</summary>
    public void Renew()
    {
        using var authority = CertificateAuthority.Create(TimeProvider.System.GetUtcNow());
        Write("authority.pem", authority.CertificatePem);
        Write(Silo, authority.IssueSilo(new ClusterTlsOptions().SiloName));
        Write(Client, authority.IssueClient("client"));
    }

    public void Write(string file, string text) => File.WriteAllText(In(file), text);

    public void Write(string name, (string Certificate, string Key) issued)
    {
        Write($"{name}.pem", issued.Certificate);
        Write($"{name}.key", issued.Key);
    }

    public string In(string file) => System.IO.Path.Combine(Path, file);

    /// <summary>Returns the settings of a process that presents one of the certificates.</summary>
    public IConfiguration Settings(string name, params (string Setting, string? Value)[] changes)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Orleans:Tls:Certificate"] = In($"{name}.pem"),
            ["Orleans:Tls:Key"] = In($"{name}.key"),
            ["Orleans:Tls:Authority"] = In("authority.pem"),
        };
        foreach (var (setting, value) in changes)
        {
            settings[$"Orleans:Tls:{setting}"] = value;
        }

        return new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
    }

    /// <summary>Reads one of the certificates with its key.</summary>
    public X509Certificate2 Own(string name) =>
        X509Certificate2.CreateFromPemFile(In($"{name}.pem"), In($"{name}.key"));

    /// <summary>Trusts only the authority.</summary>
    public X509ChainPolicy Trust()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.ImportFromPemFile(In("authority.pem"));
        return policy;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
