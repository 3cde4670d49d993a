using System.Diagnostics;
using System.Text.Json;
using CacheOrleans.ClientProcess;
using CacheOrleans.Testing.Processes;

namespace CacheOrleans.EndToEnd.Clients;

/// <summary>An application with the client in its own process, controlled by lines of JSON.</summary>
internal sealed class ClientProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly List<string> _errors = [];

    private ClientProcess(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
            {
                _errors.Add(line.Data ?? string.Empty);
            }
        };
        _process.BeginErrorReadLine();
    }

    /// <summary>The log of the application.</summary>
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

    public bool HasExited => _process.HasExited;

    /// <summary>Starts an application.</summary>
    /// <param name="membership">The connection string of the membership Redis.</param>
    /// <param name="change">Changes how the process is started; null for no change.</param>
    public static async Task<ClientProcess> StartAsync(string membership, Action<ProcessStartInfo>? change = null)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "CacheOrleans.ClientProcess.dll");
        var start = new ProcessStartInfo("dotnet", [program])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.Environment["ConnectionStrings__Membership"] = membership;
        ShortLived.Tune(start.Environment);
        change?.Invoke(start);
        var client = new ClientProcess(ChildProcesses.Start(start));
        Assert.Equal("ready", await client.ReadAsync());
        return client;
    }

    /// <summary>Makes the process execute an order, one at a time.</summary>
    public async Task<Report> DoAsync(Order order)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(order));
        await _process.StandardInput.FlushAsync();
        var line = await ReadAsync();
        return JsonSerializer.Deserialize<Report>(line)!;
    }

    /// <summary>Kills the process with SIGKILL, as in a crash.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string> ReadAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Limit);
        lock (_errors)
        {
            return line ?? throw new InvalidOperationException($"The client ended:\n{string.Join('\n', _errors)}");
        }
    }
}
