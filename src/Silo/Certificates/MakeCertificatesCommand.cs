using System.CommandLine;
using System.Security.Cryptography;
using CacheOrleans.Tls;

namespace CacheOrleans.Silo.Certificates;

/// <summary>Makes an authority and certificates for a cluster to begin with, and ends.</summary>
/// <remarks>Files that are there stay: a client is added later by its name, and a certificate is renewed by deleting
/// its file first.</remarks>
internal static class MakeCertificatesCommand
{
    private const UnixFileMode KeyMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "Where the files are written." };
        var clients = new Argument<string[]>("clients")
        {
            Description = "The names of clients that get a certificate; letters, digits, '-' and '_'.",
            Arity = ArgumentArity.ZeroOrMore,
            DefaultValueFactory = _ => ["client"],
        };
        clients.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => !IsName(token.Value)) is { } wrong)
            {
                result.AddError($"'{wrong.Value}' is no name of a client: it has letters, digits, '-' and '_'.");
            }
        });
        var command = new Command(
            "make-certificates",
            "Makes an authority, and certificates of silos and clients, for a cluster to begin with, and ends. Files "
            + "that are there stay.")
        {
            folder,
            clients,
        };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(folder)!, parsed.GetValue(clients)!));
        return command;
    }

    private static async Task<int> RunAsync(string folder, string[] clients)
    {
        try
        {
            Make(folder, clients, TimeProvider.System.GetUtcNow());
            return (int)ExitCode.Success;
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            await Console.Error.WriteLineAsync($"The certificates cannot be made. {exception.Message}");
            return (int)ExitCode.Configuration;
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
