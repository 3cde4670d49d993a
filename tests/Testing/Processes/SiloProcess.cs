using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace CacheOrleans.Testing.Processes;

/// <summary>The built silo in its own process, called over HTTP.</summary>
public sealed class SiloProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private SiloProcess(ProcessStartInfo start, Uri address)
    {
        Http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
        _process = ChildProcesses.Start(start);
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public HttpClient Http { get; }

    public string Output => string.Join('\n', _output);

    public bool HasExited => _process.HasExited;

    public int Id => _process.Id;

    /// <summary>Starts a silo and returns without waiting for it.</summary>
    public static SiloProcess Launch(SiloSettings settings, int? port = null, params string[] arguments)
    {
        var address = $"http://{settings.Host}:{port ?? FreePort.Next()}";
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "CacheOrleans.Silo.dll"));
        foreach (var argument in arguments.Length > 0 ? arguments : ["--urls", address])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in settings.ToEnvironment())
        {
            start.Environment[name] = value;
        }

        ShortLived.Tune(start.Environment);
        settings.Change?.Invoke(start);
        var silo = new SiloProcess(start, new Uri(address));
        if (settings.ApiKey is { } key)
        {
            silo.Http.DefaultRequestHeaders.Add("X-Api-Key", key);
        }

        return silo;
    }

    /// <summary>Starts a silo and waits until it is ready.</summary>
    public static async Task<SiloProcess> StartAsync(SiloSettings settings, int? port = null)
    {
        var silo = Launch(settings, port);
        await silo.ReadyAsync();
        return silo;
    }

    /// <summary>Waits until each of the given silos sees all of them.</summary>
    public static Task KnowEachOtherAsync(params IReadOnlyList<SiloProcess> silos) => Eventually.TrueAsync(
        async () => (await Task.WhenAll(silos.Select(silo => silo.ActiveSilosAsync())))
            .All(count => count == silos.Count),
        "the silos know each other");

    public async Task ReadyAsync()
    {
        await Eventually.TrueAsync(
            async () => HasExited
                ? throw new InvalidOperationException($"The silo ended:\n{Output}")
                : await IsReadyAsync(),
            $"the silo at {Http.BaseAddress} is ready; it wrote:\n{Output}",
            TimeSpan.FromSeconds(90));
    }

    /// <summary>Reads an entry, such as <c>country/entry?code=KR</c>.</summary>
    public Task<HttpResponseMessage> GetEntryAsync(string cacheAndEntry) =>
        Http.GetAsync($"/api/caches/{cacheAndEntry}");

    /// <summary>Reads an entry and returns its source; fails if there is no answer.</summary>
    public async Task<string> SourceAsync(string cacheAndEntry)
    {
        using var response = await GetEntryAsync(cacheAndEntry);
        return response.StatusCode == HttpStatusCode.OK
            ? response.Headers.GetValues("X-Cache").Single()
            : throw new InvalidOperationException(
                $"{cacheAndEntry}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}\n{Output}");
    }

    /// <summary>Reads one of the cluster's counters for a cache.</summary>
    public async Task<long> ClusterCountAsync(string cache, string counter)
    {
        var caches = JsonNode.Parse(await Http.GetStringAsync("/api/caches"))!.AsArray();
        return caches.Single(node => (string?)node!["name"] == cache)!["cluster"]![counter]!.GetValue<long>();
    }

    /// <summary>Returns how many writes of this silo wait for Redis.</summary>
    public async Task<int> QueuedWritesAsync()
    {
        var metrics = await Http.GetStringAsync("/metrics");
        return metrics.Split('\n')
            .Where(line => line.StartsWith("cacheorleans_write_behind_queued{", StringComparison.Ordinal))
            .Sum(line => int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
    }

    /// <summary>Returns how many silos are active in the membership that this silo sees.</summary>
    public async Task<int> ActiveSilosAsync()
    {
        var silos = JsonNode.Parse(await Http.GetStringAsync("/api/silos"))!.AsArray();
        return silos.Count(node => (string?)node!["status"] == "active");
    }

    /// <summary>Kills the process with SIGKILL, as in a crash.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Sends a signal, such as <c>STOP</c>, <c>CONT</c> or <c>TERM</c>.</summary>
    public void Signal(string signal) => Signals.Send(_process, signal);

    /// <summary>Asks the silo to stop, waits until it has exited, and returns its exit code.</summary>
    public Task<int> StopAsync()
    {
        Signal("TERM");
        return ExitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>Waits until the silo exits by itself, and returns its exit code.</summary>
    public async Task<int> ExitAsync(TimeSpan limit)
    {
        using var source = new CancellationTokenSource(limit, TimeProvider.System);
        try
        {
            await _process.WaitForExitAsync(source.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The silo was to end within {limit}:\n{Output}");
        }

        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!HasExited)
        {
            await KillAsync(); // a paused process too
        }

        Http.Dispose();
        _process.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var response = await Http.GetAsync("/healthz/ready");
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or SocketException)
        {
            // The silo does not listen yet. The exception of a connection that is reset at once is not wrapped.
            return false;
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _output.Enqueue(line);
        }
    }
}
