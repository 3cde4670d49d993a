using System.Security.Cryptography;
using CacheOrleans.Tls;

namespace CacheOrleans.Silo.Certificates;

/// <summary>Makes an authority and certificates for a cluster to begin with, and ends.</summary>
/// <remarks>Files that are there stay: a client is added later by its name, and a certificate is renewed by deleting
/// its file first.</remarks>
internal static class MakeCertificatesCommand
{
    private const UnixFileMode KeyMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static async Task<ExitCode> RunAsync(string[] args)
    {
        if (args is not [{ Length: > 0 } folder, .. var clients] || !clients.All(IsName))
        {
            await Console.Error.WriteLineAsync(
                "make-certificates needs a folder, and then the names of clients, if there is to be more than "
                + "'client': make-certificates certificates shop worker. Names have letters, digits, '-' and '_'.");
            return ExitCode.Configuration;
        }

        try
        {
            Make(folder, clients is [] ? ["client"] : clients, TimeProvider.System.GetUtcNow());
            return ExitCode.Success;
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            await Console.Error.WriteLineAsync($"The certificates cannot be made. {exception.Message}");
            return ExitCode.Configuration;
        }
    }

    private static bool IsName(string text) =>
        text.Length > 0 && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');

    private static void Make(string folder, IEnumerable<string> clients, DateTimeOffset now)
    {
        Directory.CreateDirectory(folder);
        var certificate = Path.Combine(folder, "authority.pem");
        var key = Path.Combine(folder, "authority.key");
        using var authority = File.Exists(certificate)
            ? CertificateAuthority.Read(File.ReadAllText(certificate), File.ReadAllText(key), now)
            : CertificateAuthority.Create(now);
        Keep(folder, "authority", () => (authority.CertificatePem, authority.KeyPem));
        Keep(folder, "silo", () => authority.IssueSilo(new ClusterTlsOptions().SiloName));
        foreach (var client in clients)
        {
            Keep(folder, client, () => authority.IssueClient(client));
        }
    }

    private static void Keep(string folder, string name, Func<(string Certificate, string Key)> make)
    {
        var certificate = Path.Combine(folder, $"{name}.pem");
        if (File.Exists(certificate))
        {
            Console.WriteLine($"{certificate} is there already.");
            return;
        }

        var made = make();
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = KeyMode;
        }

        var key = Path.Combine(folder, $"{name}.key");
        File.Delete(key);
        using (var writer = new StreamWriter(key, options))
        {
            writer.Write(made.Key);
        }

        File.WriteAllText(certificate, made.Certificate);
        Console.WriteLine($"{certificate} and {key} are made.");
    }
}
