using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CacheOrleans.Testing.Processes;

namespace CacheOrleans.Testing;

/// <summary>A real <c>redis-server</c> as a child process, on loopback, without persistence.</summary>
public sealed class RedisServer : IDisposable
{
    private readonly string _program;
    private readonly string[] _arguments;
    private readonly string _folder = Directory.CreateTempSubdirectory("cacheorleans-redis-").FullName;
    private Process? _process;

    private RedisServer(string program, string[] arguments)
    {
        _program = program;
        _arguments = arguments;
    }

    public int Port { get; } = FreePort.Next();

    public string ConnectionString => $"127.0.0.1:{Port}";

    /// <summary>Starts a server, or returns null when the machine has none and the calling test is to be skipped.
    /// </summary>
    /// <param name="arguments">More arguments, such as <c>--requirepass</c> and a password.</param>
    public static RedisServer? TryLaunch(params string[] arguments)
    {
        if (Component.Find("redis-server", "/usr/bin", "/usr/local/bin") is not { } program)
        {
            return null;
        }

        var server = new RedisServer(program, arguments);
        server.Start();
        return server;
    }

    /// <summary>Starts the process and waits until it answers.</summary>
    public void Start()
    {
        var start = new ProcessStartInfo(_program)
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] fixedArguments =
        [
            "--port", Port.ToString(CultureInfo.InvariantCulture),
            "--bind", "127.0.0.1",
            "--save", string.Empty,
            "--appendonly", "no",
        ];
        foreach (var argument in fixedArguments.Concat(_arguments))
        {
            start.ArgumentList.Add(argument);
        }

        _process = ChildProcesses.Start(start);
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Eventually.TrueAsync(Listens, $"redis-server listens on port {Port}").GetAwaiter().GetResult();
    }

    /// <summary>Kills the process; its data is gone.</summary>
    public void Stop()
    {
        if (_process is { } process)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
            _process = null;
        }
    }

    /// <summary>Suspends the process: its connections stay open, and it does not respond.</summary>
    public void Pause() => Signals.Send(_process!, "STOP");

    public void Resume() => Signals.Send(_process!, "CONT");

    public void Restart()
    {
        Stop();
        Start();
    }

    public void Dispose()
    {
        Stop();
        Directory.Delete(_folder, recursive: true);
    }

    private bool Listens()
    {
        if (_process!.HasExited)
        {
            throw new InvalidOperationException($"redis-server ended with exit code {_process.ExitCode}.");
        }

        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
