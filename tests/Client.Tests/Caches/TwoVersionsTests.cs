using System.Collections.Concurrent;
using CacheOrleans.Definitions;
using CacheOrleans.Testing;

namespace CacheOrleans.Client.Tests.Caches;

/// <summary>Two versions of an application run at the same time, as in a rolling deployment, and define one cache
/// differently.</summary>
public sealed class TwoVersionsTests : IAsyncLifetime
{
    private const int Keys = 20;

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private readonly ConcurrentQueue<string> _wrong = new();
    private readonly ConcurrentQueue<Exception> _errors = new();
    private CacheCluster _cluster = null!;

    public static TheoryData<string, string> Templates => new()
    {
        { "thing:{id}:{part}", "thing:{thing_id}:{part}" }, // a renamed parameter: the keys in Redis are equal
        { "thing:{id}:{part}", "thing:{part}:{id}" }, // the parameters are swapped
        { "thing:{id}:{part}", "item:{id}:{part}" }, // another prefix: the grain is the same
    };

    public async ValueTask InitializeAsync() => _cluster = await CacheCluster.StartAsync(silos: 3);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Theory]
    [MemberData(nameof(Templates))]
    public async Task Reads_WhileBothVersionsRun_ReturnTheValuesOfTheirVersion(string first, string second)
    {
        foreach (var (older, newer) in new[] { (first, second), (second, first) })
        {
            var name = $"things-{Guid.NewGuid():N}";
            Version[] versions = [Start(name, older), Start(name, newer), Start(name, older), Start(name, newer)];

            // First one after the other, then all at once; twice, so that stored values could reach the other version.
            for (var round = 0; round < 2; round++)
            {
                foreach (var version in versions)
                {
                    await Task.WhenAll(Enumerable.Range(0, Keys).Select(key => ReadAsync(version, key)));
                }

                await Task.WhenAll(versions.SelectMany(
                    version => Enumerable.Range(0, Keys).Select(key => ReadAsync(version, key))));
                await Task.WhenAll(versions.Select(ReadManyAsync));
            }

            Assert.All(versions, version => Assert.InRange(version.Refusals, 0, 1));
            Assert.Contains(versions, version => version.Refusals == 1);
        }

        Assert.Empty(_errors);
        Assert.Empty(_wrong);
    }

    [Theory]
    [MemberData(nameof(Templates))]
    public async Task Reads_ValuesOfTheOtherVersionInRedis_AreIgnored(string older, string newer)
    {
        var name = $"things-{Guid.NewGuid():N}";
        var version = Start(name, older);
        for (var key = 0; key < Keys; key++)
        {
            await version.Client.SetAsync(
                version.Cache, (key, key), older, new() { WriteThrough = true }, TestContext.Current.CancellationToken);
        }

        // New silos, which learn of the newer version first.
        foreach (var silo in _cluster.Silos.Silos.ToArray())
        {
            await _cluster.Silos.StartAdditionalSiloAsync();
            await _cluster.Silos.StopSiloAsync(silo);
        }

        version = Start(name, newer);
        await Task.WhenAll(Enumerable.Range(0, Keys).Select(key => ReadAsync(version, key)));

        Assert.Empty(_errors);
        Assert.Empty(_wrong);
        Assert.Equal(0, version.Refusals);
    }

    /// <summary>Starts an application of one version, without copies, so that the cluster answers each read.</summary>
    private Version Start(string name, string template) => new(
        _cluster.Join(options => options.NearLease = TimeSpan.Zero),
        new CacheDefinition<(int, int), string>(name, template, Life));

    private async Task ReadAsync(Version version, int key)
    {
        try
        {
            Check(version, await version.Client.GetWithFallbackAsync(
                version.Cache, (key, key), (_, _) => new ValueTask<string?>(version.Template)));
        }
        catch (Exception exception)
        {
            _errors.Enqueue(exception);
        }
    }

    private async Task ReadManyAsync(Version version)
    {
        try
        {
            var found = await version.Client.GetManyWithFallbackAsync(
                version.Cache,
                [.. Enumerable.Range(0, Keys).Select(key => (key, key))],
                (keys, _) => new(keys.ToDictionary(key => key, _ => version.Template)));
            Assert.Equal(Keys, found.Count);
            Assert.All(found.Values, value => Check(version, value));
        }
        catch (Exception exception)
        {
            _errors.Enqueue(exception);
        }
    }

    private void Check(Version version, string? value)
    {
        if (value != version.Template)
        {
            _wrong.Enqueue($"{version.Template}: {value}");
        }
    }

    private sealed record Version(TestApplication Application, CacheDefinition<(int, int), string> Cache)
    {
        public ICacheClient Client => Application.Client;

        public string Template => Cache.Template.Text;

        public int Refusals => Application.Log.Of(4012).Count;
    }
}
