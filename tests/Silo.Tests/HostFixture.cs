using System.Globalization;
using CacheOrleans.Silo.Startup;
using CacheOrleans.Testing;

namespace CacheOrleans.Silo.Tests;

/// <summary>A complete host in this process, with the sample's caches and embedded servers on its own ports.</summary>
public sealed class HostFixture : IAsyncLifetime
{
    public HttpClient Http { get; } = new();

    internal SiloHost Host { get; private set; } = null!;

    internal int RedisPort { get; } = FreePort.Next();

    internal int MembershipPort { get; } = FreePort.Next();

    public async ValueTask InitializeAsync()
    {
        Host = await StartAsync(RedisPort, MembershipPort);
        Http.BaseAddress = new Uri(Host.App.Urls.First());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.App.StopAsync();
        await Host.DisposeAsync();
    }

    /// <summary>Starts a host with the sample's caches.</summary>
    internal static Task<SiloHost> StartAsync(int redisPort, int membershipPort, params string[] more) =>
        StartAsync(Arguments(redisPort, membershipPort, ["--Sample", "true", .. more]));

    internal static async Task<SiloHost> StartAsync(string[] arguments)
    {
        var host = await SiloHost.CreateAsync(arguments);
        try
        {
            await host.App.StartAsync();
            return host;
        }
        catch
        {
            // Otherwise the embedded servers would outlive the test. The exception is rethrown.
            await host.DisposeAsync();
            throw;
        }
    }

    internal static string[] Arguments(int redisPort, int membershipPort, params string[] more) =>
    [
        "--urls", "http://127.0.0.1:0",
        "--Embedded:RedisPort", redisPort.ToString(CultureInfo.InvariantCulture),
        "--Embedded:MembershipPort", membershipPort.ToString(CultureInfo.InvariantCulture),
        "--Http:StopDelay", "00:00:00",
        .. more,
    ];
}
