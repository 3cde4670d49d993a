using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using CacheOrleans.Testing;
using CacheOrleans.Testing.Processes;

namespace CacheOrleans.EndToEnd.Shop;

/// <summary>The built sample shop in its own process, in the sample's folder as with <c>dotnet run</c>.</summary>
internal sealed class ShopProcess : IAsyncDisposable
{
    private static readonly string Program =
        Path.Combine(Besides(AppContext.BaseDirectory, "CacheOrleans.Shop"), "CacheOrleans.Shop.dll");

    private static readonly string Sample =
        Path.GetFullPath(Path.Combine("..", "..", "..", "..", "samples", "Shop"), Path.GetDirectoryName(Program)!);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private ShopProcess(ProcessStartInfo start, Uri address)
    {
        Http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
        _process = ChildProcesses.Start(start);
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? string.Empty);
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? string.Empty);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public HttpClient Http { get; }

    public string Output => string.Join('\n', _output);

    /// <summary>Starts a shop, and waits until it answers.</summary>
    /// <param name="database">Its connection string.</param>
    /// <param name="membership">The address of the membership through which it finds the cluster.</param>
    public static async Task<ShopProcess> StartAsync(string database, string membership)
    {
        var address = $"http://localhost:{FreePort.Next()}";
        var start = new ProcessStartInfo("dotnet", [Program, "--urls", address])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Sample,
        };
        start.Environment["ConnectionStrings__Shop"] = database;
        start.Environment["ConnectionStrings__Membership"] = membership;
        start.Environment["CacheOrleans__NearLease"] = "00:00:01"; // so that copies end during a test
        start.Environment["DOTNET_TieredPGO"] = "0"; // as in the tests' own processes
        ShortLived.Tune(start.Environment);
        var shop = new ShopProcess(start, new Uri(address));
        await Eventually.TrueAsync(shop.AnswersAsync, "the shop answers", TimeSpan.FromSeconds(90));
        return shop;
    }

    /// <summary>Reads a value and its source; fails if there is no answer.</summary>
    public async Task<(JsonElement Value, string Source)> ReadAsync(string path)
    {
        using var response = await Http.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode} {text}\n{Output}");
        return (JsonDocument.Parse(text).RootElement, response.Headers.GetValues("X-Answer").Single());
    }

    public async Task<decimal> PriceAsync(int id) =>
        (await ReadAsync($"/api/products/{id}")).Value.GetProperty("price").GetDecimal();

    public async Task SetPriceAsync(int id, decimal price)
    {
        using var response = await Http.PutAsJsonAsync($"/api/products/{id}/price", new { price });
        response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        Http.Dispose();
        _process.Dispose();
    }

    /// <summary>Returns the output folder of another project.</summary>
    private static string Besides(string output, string project)
    {
        var folder = new DirectoryInfo(output);
        return Path.Combine(folder.Parent!.Parent!.FullName, project, folder.Name);
    }

    private async Task<bool> AnswersAsync()
    {
        if (_process.HasExited)
        {
            throw new InvalidOperationException($"The shop ended:\n{Output}");
        }

        try
        {
            using var response = await Http.GetAsync("/answers");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // the shop does not listen yet
        }
    }
}
