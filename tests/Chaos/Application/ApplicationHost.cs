using CacheOrleans.Chaos.Histories;
using CacheOrleans.Client;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Chaos.Application;

/// <summary>The process of an application: it reads and changes rows until its input says otherwise.</summary>
internal static class ApplicationHost
{
    /// <summary>The number of applications.</summary>
    public const int Count = 3;

    /// <summary>The line that says that the application has begun.</summary>
    public const string Ready = "#ready";

    /// <summary>The line that ends the changes, and its answer when the last one has ended.</summary>
    public const string Quiet = "#quiet";

    /// <summary>The line that ends all reads but one more of each row, and its answer.</summary>
    public const string Last = "#last";

    /// <summary>Runs until the input ends.</summary>
    /// <param name="number">The application's number among all.</param>
    /// <param name="seed">The seed of its choices.</param>
    /// <param name="database">The connection string of PostgreSQL.</param>
    public static async Task RunAsync(int number, int seed, string database)
    {
        var hasCopies = number > 0;
        using var host = Build(hasCopies);
        await host.StartAsync();
        var cache = host.Services.GetRequiredService<ICacheClient>();
        await ConnectedAsync(cache);
        await using var table = new RowTable(database, new Random(seed));
        var log = new CallLog(Console.Out, number);
        var reading = new Reading(cache, table, log, hasCopies);
        using var noReads = new CancellationTokenSource();
        using var noChanges = new CancellationTokenSource();
        var reads = reading.RunAsync(new Random(seed + 1), noReads.Token);
        var changes = Task.WhenAll(Enumerable.Range(0, Row.Groups)
            .Where(group => group % Count == number)
            .Select(group => new Changing(cache, table, log, group)
                .RunAsync(new Random(seed + 2 + group), noChanges.Token)));
        log.Write(Ready);
        while (await Task.Run(Console.ReadLine) is { } line)
        {
            if (line == Quiet)
            {
                await noChanges.CancelAsync();
                await changes;
            }
            else
            {
                await noReads.CancelAsync();
                await reads;
                await reading.ReadAllAsync();
            }

            log.Write(line);
        }
    }

    private static IHost Build(bool hasCopies)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders().AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddCacheOrleans(options =>
            options.NearLease = hasCopies ? Coherence.NearLease : TimeSpan.Zero);
        return builder.Build();
    }

    /// <summary>Waits until the cluster responds: before, changes fail and every application loads by itself.</summary>
    private static Task ConnectedAsync(ICacheClient cache) => Eventually.TrueAsync(
        async () =>
        {
            try
            {
                await Task.WhenAll(Row.Caches.Select(definition => cache.RemoveAsync(definition, -1).AsTask()));
                return true;
            }
            catch (CacheUnavailableException)
            {
                return false;
            }
        },
        "the cluster responds");
}
