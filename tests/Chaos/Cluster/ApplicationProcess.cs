using System.Diagnostics;
using System.Globalization;
using CacheOrleans.Chaos.Application;
using CacheOrleans.Chaos.Histories;
using CacheOrleans.Testing;
using CacheOrleans.Testing.Processes;

namespace CacheOrleans.Chaos.Cluster;

/// <summary>An application in its own process.</summary>
internal sealed class ApplicationProcess : IDisposable
{
    private readonly Process _process;
    private readonly HashSet<string> _replies = [];
    private readonly List<string> _errors = [];

    private ApplicationProcess(ProcessStartInfo start, Action<Call> onCall)
    {
        _process = ChildProcesses.Start(start);
        _process.OutputDataReceived += (_, line) => Receive(line.Data, onCall);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What it has logged.</summary>
    public string Log
    {
        get
        {
            lock (_errors)
            {
                return string.Join('\n', _errors);
            }
        }
    }

    /// <summary>Starts an application and waits until it has begun.</summary>
    /// <param name="number">Its number among all.</param>
    /// <param name="seed">The seed of its choices.</param>
    /// <param name="membership">The connection string of the membership's Redis.</param>
    /// <param name="database">The connection string of PostgreSQL.</param>
    /// <param name="onCall">Receives each call that it has made.</param>
    public static async Task<ApplicationProcess> StartAsync(
        int number, int seed, string membership, string database, Action<Call> onCall)
    {
        var start = new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "CacheOrleans.Chaos.dll"),
            "application",
            number.ToString(CultureInfo.InvariantCulture),
            seed.ToString(CultureInfo.InvariantCulture),
            database,
        ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.Environment["ConnectionStrings__Membership"] = membership;
        ShortLived.Tune(start.Environment);
        var application = new ApplicationProcess(start, onCall);
        await application.RepliesAsync(ApplicationHost.Ready);
        return application;
    }

    /// <summary>Sends a line and waits for its answer.</summary>
    public async Task DoAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
        await RepliesAsync(line);
    }

    /// <summary>Sends a signal, such as <c>STOP</c> or <c>CONT</c>.</summary>
    public void Signal(string signal) => Signals.Send(_process, signal);

    /// <summary>Kills the process with SIGKILL, as in a crash.</summary>
    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private Task RepliesAsync(string line) => Eventually.TrueAsync(
        () =>
        {
            lock (_replies)
            {
                return _replies.Contains(line) || (_process.HasExited
                    ? throw new InvalidOperationException($"The application has ended:\n{Log}")
                    : false);
            }
        },
        $"the application writes {line}; it wrote:\n{Log}",
        TimeSpan.FromMinutes(2));

    private void Receive(string? line, Action<Call> onCall)
    {
        if (line is ['#', ..])
        {
            lock (_replies)
            {
                _replies.Add(line);
            }
        }
        else if (line is not null)
        {
            onCall(Call.Parse(line));
        }
    }

    private void Keep(string? line)
    {
        lock (_errors)
        {
            _errors.Add(line ?? string.Empty);
        }
    }
}
