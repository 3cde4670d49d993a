using System.CommandLine;
using System.Security.Cryptography;
using CacheOrleans.Tls;

namespace CacheOrleans.Silo.Startup;

/// <summary>Creates a certificate authority and the first certificates of a cluster, and exits.</summary>
/// <remarks>Existing files are kept. To add a client later, run the command with the client's name; to renew a
/// certificate, delete its file first.</remarks>
internal static class MakeCertificatesCommand
{
    private const UnixFileMode KeyMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "The folder that the files are written to." };
        var clients = new Argument<string[]>("clients")
        {
            Description = "The names of the clients to create certificates for; letters, digits, '-' and '_'.",
            Arity = ArgumentArity.ZeroOrMore,
            DefaultValueFactory = _ => ["client"],
        };
        clients.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => !IsName(token.Value)) is { } wrong)
            {
                result.AddError($"'{wrong.Value}' is not a valid client name: use letters, digits, '-' and '_'.");
            }
        });
        var command = new Command(
            "make-certificates",
            "Creates a certificate authority and the first certificates of silos and clients, and exits. Existing "
            + "files are kept.")
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
            await Console.Error.WriteLineAsync($"The certificates cannot be created. {exception.Message}");
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
        WriteUnlessPresent(folder, "authority", () => (authority.CertificatePem, authority.KeyPem));
        WriteUnlessPresent(folder, "silo", () => authority.IssueSilo(new ClusterTlsOptions().SiloName));
        foreach (var client in clients)
        {
            WriteUnlessPresent(folder, client, () => authority.IssueClient(client));
        }
    }

    private static void WriteUnlessPresent(string folder, string name, Func<(string Certificate, string Key)> issue)
    {
        var certificate = Path.Combine(folder, $"{name}.pem");
        if (File.Exists(certificate))
        {
            Console.WriteLine($"{certificate} already exists and is kept.");
            return;
        }

        var issued = issue();
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = KeyMode;
        }

        var key = Path.Combine(folder, $"{name}.key");
        File.Delete(key);
        using (var writer = new StreamWriter(key, options))
        {
            writer.Write(issued.Key);
        }

        File.WriteAllText(certificate, issued.Certificate);
        Console.WriteLine($"{certificate} and {key} were created.");
    }
}
