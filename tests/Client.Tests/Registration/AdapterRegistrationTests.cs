using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Client.Tests.Registration;

public sealed class AdapterRegistrationTests : IAsyncLifetime
{
    private CacheCluster _cluster = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cluster = await CacheCluster.StartAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task As_OtherCachesRegistered_ReplacesThem()
    {
        await using var services = Build(collection =>
        {
            collection.AddDistributedMemoryCache();
            collection.AddHybridCache();
            collection.AddCacheOrleans().AsHybridCache().AsDistributedCache();
        });

        Assert.Equal("ClusterHybridCache", services.GetRequiredService<HybridCache>().GetType().Name);
        Assert.Equal("ClusterDistributedCache", services.GetRequiredService<IDistributedCache>().GetType().Name);
    }

    [Fact]
    public async Task AsKeyedHybridCache_WithoutACacheName_HasItsOwnCache()
    {
        await using var services = Build(collection => collection.AddCacheOrleans()
            .AsHybridCache()
            .AsKeyedHybridCache("one")
            .AsKeyedHybridCache("two", options => options.CacheName = "hybrid"));
        var plain = services.GetRequiredService<HybridCache>();
        var one = services.GetRequiredKeyedService<HybridCache>("one");
        var two = services.GetRequiredKeyedService<HybridCache>("two");

        await plain.SetAsync("key", "plain", cancellationToken: Cancellation);
        await one.SetAsync("key", "one", cancellationToken: Cancellation);

        Assert.Equal("one", await one.GetOrCreateAsync("key", Make, cancellationToken: Cancellation));
        Assert.Equal("plain", await two.GetOrCreateAsync("key", Make, cancellationToken: Cancellation));
        await two.RemoveAsync("key", Cancellation);
        Assert.Equal("made", await plain.GetOrCreateAsync("key", Make, cancellationToken: Cancellation));

        static ValueTask<string> Make(CancellationToken cancellationToken) => new("made");
    }

    [Fact]
    public async Task AsKeyedDistributedCache_WithoutACacheName_HasItsOwnCache()
    {
        await using var services = Build(collection => collection.AddCacheOrleans()
            .AsDistributedCache()
            .AsKeyedDistributedCache("one"));
        var plain = services.GetRequiredService<IDistributedCache>();
        var one = services.GetRequiredKeyedService<IDistributedCache>("one");

        await plain.SetAsync("key", [1], Cancellation);
        await one.SetAsync("key", [2], Cancellation);

        Assert.Equal([1], (await plain.GetAsync("key", Cancellation))!);
        Assert.Equal([2], (await one.GetAsync("key", Cancellation))!);
    }

    [Fact]
    public async Task AsKeyed_DifferentKeys_HaveDifferentCaches()
    {
        var half = "half \ud83d";
        object[] keys =
        [
            "one", "One", "one ", "o/ne", "a:b", "a b", "서울", "", "\0", half, "half \ufffd", new string('k', 57),
            new string('k', 58), new string('k', 59), 1, "1", 1L, DayOfWeek.Monday, "Monday", "sha256-1",
        ];
        await using var services = Build(
            collection =>
            {
                var client = collection.AddCacheOrleans().AsHybridCache().AsDistributedCache();
                foreach (var key in keys)
                {
                    client.AsKeyedHybridCache(key).AsKeyedDistributedCache(key);
                }
            },
            ("CacheOrleans:DistributedCache:CacheName", "shop"));
        List<HybridCache> hybrid = [services.GetRequiredService<HybridCache>()];
        List<IDistributedCache> distributed = [services.GetRequiredService<IDistributedCache>()];
        hybrid.AddRange(keys.Select(key => services.GetRequiredKeyedService<HybridCache>(key)));
        distributed.AddRange(keys.Select(key => services.GetRequiredKeyedService<IDistributedCache>(key)));

        for (var i = 0; i <= keys.Length; i++)
        {
            await hybrid[i].SetAsync("key", i, cancellationToken: Cancellation);
            await distributed[i].SetAsync("key", [(byte)i], Cancellation);
        }

        for (var i = 0; i <= keys.Length; i++)
        {
            Assert.Equal(i, await hybrid[i].GetOrCreateAsync(
                "key", _ => new ValueTask<int>(-1), cancellationToken: Cancellation));
            Assert.Equal([(byte)i], (await distributed[i].GetAsync("key", Cancellation))!);
        }
    }

    [Fact]
    public async Task AsHybridCache_NamedClient_IsKeyedByItsName()
    {
        await using var services = Build(collection =>
        {
            collection.AddCacheOrleans("reports").AsHybridCache().AsDistributedCache();
        });

        Assert.NotNull(services.GetKeyedService<HybridCache>("reports"));
        Assert.NotNull(services.GetKeyedService<IDistributedCache>("reports"));
        Assert.Null(services.GetService<HybridCache>());
        Assert.Null(services.GetService<IDistributedCache>());
    }

    [Fact]
    public async Task Options_AreReadFromTheConfiguration()
    {
        await using var services = Build(
            collection => collection.AddCacheOrleans()
                .AsHybridCache(options => options.MaximumKeyLength = 9)
                .AsKeyedHybridCache("one")
                .AsDistributedCache(),
            ("CacheOrleans:HybridCache:MaximumPayloadBytes", "1000"),
            ("CacheOrleans:HybridCache:MaximumKeyLength", "7"),
            ("CacheOrleans:HybridCache:DefaultEntryOptions:Expiration", "00:00:30"),
            ("CacheOrleans:HybridCaches:one:MaximumPayloadBytes", "2000"),
            ("CacheOrleans:DistributedCache:NearLease", "00:00:05"));
        var hybrid = services.GetRequiredService<IOptionsMonitor<HybridCacheAdapterOptions>>();
        var plain = hybrid.CurrentValue;
        var one = hybrid.Get("one");

        Assert.Equal(("hybrid", 1000, 9), (plain.CacheName, plain.MaximumPayloadBytes, plain.MaximumKeyLength));
        Assert.Equal(TimeSpan.FromSeconds(30), plain.DefaultEntryOptions!.Expiration);
        Assert.Equal(("hybrid.one", 2000, 7), (one.CacheName, one.MaximumPayloadBytes, one.MaximumKeyLength));
        var distributed = services.GetRequiredService<IOptions<DistributedCacheAdapterOptions>>().Value;
        Assert.Equal(("distributed", TimeSpan.FromSeconds(5)), (distributed.CacheName, distributed.NearLease));
    }

    [Theory]
    [InlineData("HybridCache:CacheName", "no name")]
    [InlineData("HybridCache:MaximumPayloadBytes", "0")]
    [InlineData("HybridCache:MaximumKeyLength", "0")]
    [InlineData("HybridCache:DefaultEntryOptions:Expiration", "-00:00:01")]
    [InlineData("HybridCache:DefaultEntryOptions:LocalCacheExpiration", "00:00:00")]
    [InlineData("DistributedCache:CacheName", "")]
    [InlineData("DistributedCache:NearLease", "02:00:00")]
    public async Task Options_OutOfRange_AreNamed(string setting, string value)
    {
        await using var services = Build(
            collection => collection.AddCacheOrleans().AsHybridCache().AsDistributedCache(),
            ($"CacheOrleans:{setting}", value));

        var error = Assert.Throws<OptionsValidationException>(() =>
        {
            services.GetRequiredService<HybridCache>();
            services.GetRequiredService<IDistributedCache>();
        });

        Assert.Contains(setting.Split(':')[1], error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Clients:reprots", "; did you mean CacheOrleans:Clients:reports?")]
    [InlineData("Clients:sessions", ".")]
    [InlineData("HybridCaches:session", "; did you mean CacheOrleans:HybridCaches:sessions?")]
    [InlineData("DistributedCaches:sessions", ".")]
    public async Task Configuration_NameThatIsNotAdded_IsAnError(string section, string suggestion)
    {
        await using var services = Build(AddNamed, ($"CacheOrleans:{section}:NearLease", "5s"));

        var error = Assert.Throws<FormatException>(() => services.GetRequiredService<ICacheClient>());

        Assert.Equal(
            $"CacheOrleans:{section}: the application has added nothing with this name{suggestion}", error.Message);
    }

    [Theory]
    [InlineData("Clients:Reports:NearLease", "5s")]
    [InlineData("HybridCaches:SESSIONS:MaximumKeyLength", "9")]
    [InlineData("DistributedCaches:a:b:NearLease", "5s")]
    public async Task Configuration_NameThatIsAdded_IsRead(string setting, string value)
    {
        await using var services = Build(AddNamed, ($"CacheOrleans:{setting}", value));

        var clients = services.GetRequiredService<IOptionsMonitor<CacheClientOptions>>();
        var hybrid = services.GetRequiredService<IOptionsMonitor<HybridCacheAdapterOptions>>();
        var distributed = services.GetRequiredService<IOptionsMonitor<DistributedCacheAdapterOptions>>();

        Assert.True(clients.Get("reports").NearLease == TimeSpan.FromSeconds(5)
            || hybrid.Get("sessions").MaximumKeyLength == 9
            || distributed.Get("a:b").NearLease == TimeSpan.FromSeconds(5));
        Assert.Equal(new CacheClientOptions().NearLease, clients.CurrentValue.NearLease);
    }

    private static void AddNamed(IServiceCollection services)
    {
        services.AddCacheOrleans().AsKeyedHybridCache("sessions").AsKeyedDistributedCache("a:b");
        services.AddCacheOrleans("reports");
    }

    private ServiceProvider Build(
        Action<IServiceCollection> register, params (string Key, string Value)[] settings)
    {
        var collection = new ServiceCollection();
        collection.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create<string, string?>(pair.Key, pair.Value)))
            .Build());
        collection.AddSingleton<IGrainFactory>(_cluster.Silos.Client);
        register(collection);
        return collection.BuildServiceProvider();
    }
}
