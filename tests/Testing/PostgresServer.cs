using System.Diagnostics;
using System.Globalization;

namespace CacheOrleans.Testing;

/// <summary>A new PostgreSQL server with empty data in a temporary folder, on a free loopback port.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Folders = "/usr/lib/postgresql/*/bin";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly string _bin;
    private readonly string _data = Path.Combine(Path.GetTempPath(), $"cacheorleans-postgres-{Guid.NewGuid():N}");
    private readonly int _port = FreePort.Next();

    private PostgresServer(string bin) => _bin = bin;

    /// <summary>The connection string of its database <c>postgres</c>.</summary>
    public string ConnectionString => string.Create(CultureInfo.InvariantCulture,
        $"Host=127.0.0.1;Port={_port};Database=postgres;Username=postgres;Include Error Detail=true");

    /// <summary>Starts a server. Returns null when PostgreSQL is not on this machine and tests are to be skipped.
    /// </summary>
    public static async Task<PostgresServer?> StartAsync()
    {
        if (Component.Find("initdb", Folders) is not { } initdb)
        {
            return null;
        }

        var server = new PostgresServer(Path.GetDirectoryName(initdb)!);
        await server.RunAsync("initdb", "-D", server._data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
            "--locale=C", "--no-sync");
        await server.StartServerAsync();
        return server;
    }

    /// <summary>Stops the server immediately and keeps its data.</summary>
    public Task StopServerAsync() => RunAsync("pg_ctl", "stop", "-D", _data, "-m", "immediate", "-w");

    /// <summary>Starts the stopped server on the same port.</summary>
    public Task StartServerAsync() => RunAsync("pg_ctl", "start", "-D", _data, "-w", "-t", "60",
        "-l", Path.Combine(_data, "server.log"), "-o", string.Create(CultureInfo.InvariantCulture,
            $"-c port={_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_data} -c fsync=off"));

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(_data, "postmaster.pid")))
        {
            await StopServerAsync();
        }

        Directory.Delete(_data, recursive: true);
    }

    private async Task RunAsync(string program, params string[] arguments)
    {
        // The server refuses to run as root.
        string[] command = Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows()
            ? ["runuser", "-u", "postgres", "--", Path.Combine(_bin, program), .. arguments]
            : [Path.Combine(_bin, program), .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} failed: {await error}{await output}");
        }
    }
}
