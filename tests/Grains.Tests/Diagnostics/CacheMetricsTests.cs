using System.Diagnostics.Metrics;
using CacheOrleans.Definitions;
using CacheOrleans.Grains.Diagnostics;
using CacheOrleans.Grains.Entries;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Grains.Tests.Diagnostics;

public sealed class CacheMetricsTests
{
    private static readonly CacheLife Life = new(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1));

    [Fact]
    public async Task Instruments_OfManyDeclaredCaches_ShareALabelThatKeepsCounting()
    {
        await using var cluster = await EntryCluster.StartAsync();
        var services = cluster.Silos.GetSiloServiceProvider();
        var catalog = services.GetRequiredService<CacheCatalog>();
        var metrics = services.GetRequiredService<CacheMetrics>();
        for (var i = 0; i < CacheCatalog.MaxDeclared; i++)
        {
            catalog.Declare(new($"cache{i}", "{id}", Life));
            metrics[$"cache{i}"].OnRequest();
        }

        await cluster.Entry("user/v1?user_id=1").GetAsync();

        var seen = Requests(services);
        Assert.Equal(CacheLabels.MaxOthers + 3, seen.Count);
        Assert.Equal((1, 0), (seen["user"], seen["plain"]));
        Assert.Equal(CacheCatalog.MaxDeclared - CacheLabels.MaxOthers, seen[CacheLabels.Rest]);

        // They are unused when another cache is declared, so all of them are forgotten.
        cluster.Time.Advance(TimeSpan.FromMinutes(62));
        catalog.Declare(new("another", "{id}", Life));
        metrics["another"].OnRequest();

        Assert.False(catalog.TryFind("cache9000", out _));
        Assert.False(metrics.Read().ContainsKey("cache9000"));
        var later = Requests(services);
        Assert.Equal(seen.Keys.Order(), later.Keys.Order());
        Assert.Equal(seen[CacheLabels.Rest] + 1, later[CacheLabels.Rest]);
        Assert.Equal(1, later["cache7"]);
    }

    private static Dictionary<string, long> Requests(IServiceProvider services)
    {
        var seen = new Dictionary<string, long>();
        using var listener = services.GetRequiredService<IMeterFactory>().Listener("cacheorleans.cache.requests");
        listener.SetMeasurementEventCallback<long>(
            (_, value, tags, _) => seen.Add((string)Assert.Single(tags.ToArray()).Value!, value));
        listener.Start();
        listener.RecordObservableInstruments();
        return seen;
    }
}
