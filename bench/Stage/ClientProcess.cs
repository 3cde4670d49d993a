using System.Diagnostics;
using System.Text.Json;
using CacheOrleans.Bench.Growth;
using CacheOrleans.Bench.Many;
using CacheOrleans.Bench.Owner;
using CacheOrleans.Bench.Replay;

namespace CacheOrleans.Bench.Stage;

/// <summary>This program as a process of its own, which plays an application.</summary>
/// <remarks>It is given a role and an order, and answers with one line of JSON; a line on its standard input lets it
/// begin, if the role waits for one.</remarks>
internal sealed class ClientProcess : IAsyncDisposable
{
    public const string Verb = "client";
    private const string Ready = "ready";

    /// <summary>What a process can be asked to do, by name; an order comes in and goes out as JSON.</summary>
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

    /// <summary>Lets it begin, and returns its answer.</summary>
    public async Task<T> RunAsync<T>()
    {
        await _process.StandardInput.WriteLineAsync("go");
        await _process.StandardInput.FlushAsync();
        return Read<T>(await ReadLineAsync("{", "["));
    }

    /// <summary>The part of the process itself.</summary>
    public static async Task ServeAsync(string role, string order) =>
        Console.WriteLine(JsonSerializer.Serialize(await Roles[role](order)));

    /// <summary>Says that the process is ready, and waits until it is to begin.</summary>
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

        throw new InvalidOperationException("A client process ended without an answer.");
    }

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json)!;
}
