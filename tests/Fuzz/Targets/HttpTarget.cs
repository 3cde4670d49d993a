using System.Globalization;
using CacheOrleans.Fuzz.Http;
using CacheOrleans.Silo.Startup;
using CacheOrleans.Testing;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Fuzz.Targets;

/// <summary>Requests to a host with the sample's caches: each response has a documented status, errors have problem
/// details, and nothing is logged as an error.</summary>
internal sealed class HttpTarget : ITarget
{
    /// <summary>The statuses of docs/http-api.md, of the dashboard, and those that the server returns for what is not
    /// HTTP. A silo on a busy machine may not respond to itself in time, which is a 503.</summary>
    private static readonly int[] Statuses =
    [
        200, 204, 301, 302, 304, 307, 308, 400, 401, 403, 404, 405, 408, 409, 411, 413, 414, 415, 431, 503, 505,
    ];

    private readonly Lazy<Task<(GarnetServer Redis, SiloHost Host, int Port)>> _host = new(StartAsync);
    private static readonly ErrorLog Log = new();

    public string Name => "http";

    public int Share => 10;

    public int Concurrency => 32;

    public IReadOnlyList<string> Words { get; } =
        [.. RandomRequests.Pieces, "\r\n", "\r\n\r\n", " HTTP/1.1", "PUT ", "/api/tags/", "Content-Length: 5"];

    public byte[] Generate(Random random) => new RandomRequests(random).Next();

    public async ValueTask<string> RunAsync(byte[] input)
    {
        var (_, _, port) = await _host.Value;
        var head = await RawConnection.SendAsync(port, input);
        Promise.That(!Log.Errors.TryDequeue(out var error), $"Nothing is logged as an error: {error}");
        if (head.Length == 0)
        {
            return "closed";
        }

        var status = int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
        Promise.That(Statuses.Contains(status), $"A status is documented: {head}");
        Promise.That(
            status < 400 || IsProblem(head) || IsOfServer(head) || !IsOfApi(input), $"An error has details: {head}");
        return $"{status} {head.Split("X-Cache").Length} {Path(input).Split('/', '?').ElementAtOrDefault(2)}";
    }

    public async ValueTask DisposeAsync()
    {
        if (_host.IsValueCreated)
        {
            var (redis, host, _) = await _host.Value;
            await host.App.StopAsync();
            await host.DisposeAsync();
            redis.Dispose();
        }
    }

    private static async Task<(GarnetServer Redis, SiloHost Host, int Port)> StartAsync()
    {
        var redis = GarnetServer.Launch();
        var host = await SiloHost.CreateAsync(
        [
            "--urls", "http://127.0.0.1:0",
            "--Sample", "true",
            "--ConnectionStrings:Redis", redis.ConnectionString,
            "--Embedded:MembershipPort", FreePort.Next().ToString(CultureInfo.InvariantCulture),
            "--Http:StopDelay", "00:00:00",
            "--Logging:LogLevel:Default", "Error",
        ]);
        host.App.Services.GetRequiredService<ILoggerFactory>().AddProvider(Log);
        await host.App.StartAsync();
        return (redis, host, new Uri(host.App.Urls.First()).Port);
    }

    private static bool IsProblem(string head) =>
        head.Contains("Content-Type: application/problem+json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the server rejected the request before the API saw it.</summary>
    private static bool IsOfServer(string head) =>
        head.Contains("Content-Length: 0", StringComparison.OrdinalIgnoreCase)
        && head.Contains("Connection: close", StringComparison.OrdinalIgnoreCase);

    private static bool IsOfApi(byte[] input) =>
        Path(input).StartsWith("/api", StringComparison.OrdinalIgnoreCase)
        && !Text.Of(input).StartsWith("HEAD", StringComparison.OrdinalIgnoreCase);

    private static string Path(byte[] input) => Text.Of(input).Split(' ').ElementAtOrDefault(1) ?? string.Empty;
}
