using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using CacheOrleans.Testing;

namespace CacheOrleans.Silo.Tests.Http.Fuzz;

/// <summary>No request to the API, however broken, is answered with a server error.</summary>
/// <remarks><c>make fuzz</c> sends 50,000 requests; SEED=7 sends those of seed 7.</remarks>
public sealed class FuzzTests
{
    private const int Senders = 8;

    private static readonly int Requests = Read("CACHEORLEANS_FUZZ", 5_000);
    private static readonly int Seed = Read("CACHEORLEANS_FUZZ_SEED", 1);

    [Fact]
    public async Task RandomRequests_NeverCauseAServerError()
    {
        using var redis = GarnetServer.Launch();
        await using var host = await HostFixture.StartAsync(
            FreePort.Next(), FreePort.Next(), "--ConnectionStrings:Redis", redis.ConnectionString);
        var port = new Uri(host.App.Urls.First()).Port;
        var statuses = new ConcurrentDictionary<int, int>();
        var failures = new ConcurrentBag<string>();

        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(async () =>
        {
            var requests = new RandomRequests((Seed * Senders) + sender);
            for (var i = 0; i < Requests / Senders; i++)
            {
                var request = requests.Next();
                var status = await RawConnection.SendAsync(port, request) ?? 0;
                statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
                if (status >= 500 && status != 505) // 505 is right: the HTTP version in the request is invalid
                {
                    failures.Add($"{status} for {Encoding.UTF8.GetString(request)}");
                }
            }
        })));

        TestContext.Current.TestOutputHelper!.WriteLine(string.Join(", ", statuses.OrderBy(status => status.Key)));
        Assert.True(failures.IsEmpty, string.Join("\n\n", failures.Distinct().Take(20)));
        Assert.True(statuses.GetValueOrDefault(200) > 0 && statuses.GetValueOrDefault(404) > 0);
        await host.App.StopAsync(TestContext.Current.CancellationToken);
    }

    private static int Read(string variable, int otherwise) =>
        int.Parse(Environment.GetEnvironmentVariable(variable) ?? $"{otherwise}", CultureInfo.InvariantCulture);
}
