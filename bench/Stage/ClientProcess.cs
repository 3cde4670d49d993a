using System.Diagnostics;
using System.Text.Json;
using CacheOrleans.Bench.Growth;
using CacheOrleans.Bench.Many;
using CacheOrleans.Bench.Owner;
using CacheOrleans.Bench.Replay;

namespace CacheOrleans.Bench.Stage;

/// <summary>This program in a process of its own, which acts as an application.</summary>
/// <remarks>The process gets a role and an order, and writes its result as one line of JSON. A line on its standard
/// input starts the work, if the role waits for that.</remarks>
internal sealed class ClientProcess : IAsyncDisposable
{
    public const string Verb = "client";
    private const string Ready = "ready";

    /// <summary>The roles of a process by name; each takes an order as JSON and returns the result to
    /// serialize.</summary>
    private static readonly Dictionary<string, Func<string, Task<object>>> Roles = new()
    {
        [Isolated.Role] = order => Isolated.RunAsync(Read<IsolatedOrder>(order)),
        [ManyClient.Role] = order => ManyClient.RunAsync(Read<ClientOrder>(order)),
        [OwnerClient.Role] = order => OwnerClient.RunAsync(Read<ClientOrder>(order)),
        [ReplayClient.Role] = order => ReplayClient.RunAsync(Read<ReplayOrder>(order)),
        [RequestClient.Role] = order => RequestClient.RunAsync(Read<ClientOrder>(order)),
    };

    private readonly Process _process;

    private ClientProcess(Process process)
    {
        _process = process;
    }

    /// <summary>Starts a process, and waits until it is ready.</summary>
    public static async Task<ClientProcess> StartAsync<TOrder>(string role, TOrder order)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.ArgumentList.Add(Verb);
        start.ArgumentList.Add(role);
        start.ArgumentList.Add(JsonSerializer.Serialize(order));
        var client = new ClientProcess(Process.Start(start)!);
        await client.ReadLineAsync(Ready);
        return client;
    }

    /// <summary>Starts the work of the process, and returns its result.</summary>
    public async Task<T> RunAsync<T>()
    {
        await _process.StandardInput.WriteLineAsync("go");
        await _process.StandardInput.FlushAsync();
        return Read<T>(await ReadLineAsync("{", "["));
    }

    /// <summary>Runs a role; called in the client process.</summary>
    public static async Task ServeAsync(string role, string order) =>
        Console.WriteLine(JsonSerializer.Serialize(await Roles[role](order)));

    /// <summary>Reports that the process is ready, and waits for the signal to start; called in the client
    /// process.</summary>
    public static async Task UntilToldAsync()
    {
        Console.WriteLine(Ready);
        await Console.In.ReadLineAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task<string> ReadLineAsync(params string[] beginnings)
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (beginnings.Any(beginning => line.StartsWith(beginning, StringComparison.Ordinal)))
            {
                return line;
            }

            Console.WriteLine(line);
        }

        throw new InvalidOperationException("A client process ended without a result.");
    }

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json)!;
}
