using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Client.Tests.Decorator;

/// <summary>Calls decorated methods against a running cluster.</summary>
public sealed class DecoratedCallTests : IAsyncLifetime
{
    private CacheCluster _cluster = null!;
    private ICacheClient _client = null!;
    private IGuests _guests = null!;
    private IGuests _others = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await CacheCluster.StartAsync();
        var application = _cluster.Join(services: Add);
        _client = application.Client;
        _guests = application.Services.GetRequiredService<IGuests>();
        _others = _cluster.Join(services: Add).Services.GetRequiredService<IGuests>();

        static void Add(IServiceCollection services) => services.AddCached<IGuests, Guests>();
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    [Trait("Row", "D1")]
    public async Task Call_DecoratedMethod_RunsItsBodyOnceForAllClients()
    {
        Assert.Equal(new Guest(7, "guest 7"), await _guests.FindAsync(7));
        Assert.Equal(new Guest(7, "guest 7"), await _guests.FindAsync(7));
        Assert.Equal(new Guest(7, "guest 7"), await _others.FindAsync(7));

        Assert.Equal(1, _guests.Calls);
        Assert.Equal(0, _others.Calls);
    }

    [Fact]
    [Trait("Row", "D1")]
    public async Task Call_BodyReturnsNull_CachesNotFound()
    {
        Assert.Null(await _guests.FindAsync(0));
        Assert.Null(await _guests.FindAsync(0));
        Assert.Null(await _others.FindAsync(0));

        Assert.Equal(1, _guests.Calls + _others.Calls);
    }

    [Fact]
    [Trait("Row", "D1")]
    public async Task Call_BodyThrows_RethrowsAndCachesNothing()
    {
        for (var call = 1; call <= 2; call++)
        {
            var error = await Assert.ThrowsAsync<InvalidOperationException>(() => _guests.FindAsync(-3).AsTask());
            Assert.Equal("no guest is called -3", error.Message);
            Assert.Equal(call, _guests.Calls);
        }
    }

    [Fact]
    [Trait("Row", "D2")]
    public async Task Parameters_NamedInTheKey_FillTheKey()
    {
        Assert.Equal("guest 1", (await _guests.FindAsync(1))?.Name);
        Assert.Equal("guest 2", (await _guests.FindAsync(userId: 2))?.Name);
        Assert.Equal("the guest of number 3", await _guests.DescribeAsync(3));

        Assert.Equal("guest/v1?user_id=2", GuestsCached.FindCache.Key(2).Text);
        Assert.Equal("guest 2", (await _client.TryGetAsync(GuestsCached.FindCache, 2)).Value?.Name);
        Assert.Equal("the guest of number 3", (await _client.TryGetAsync(GuestsCached.DescribeCache, 3)).Value);
        Assert.Equal(3, _guests.Calls);
    }

    [Fact]
    [Trait("Row", "D3")]
    public async Task Key_WithoutParameters_HasOneEntry()
    {
        Assert.Equal("welcome, Ann", await _guests.HomeAsync("Ann"));
        Assert.Equal("welcome, Ann", await _guests.HomeAsync("Ben"));
        Assert.Equal("welcome, Ann", await _others.HomeAsync("Cem"));

        Assert.Equal("home/v1", GuestsCached.HomeCache.Key(default).Text);
    }

    [Fact]
    [Trait("Row", "D4")]
    public async Task Arguments_ReachTheMethodUnchanged()
    {
        List<string> log = [];

        Assert.Equal("a:b-12", await _guests.SeatAsync("a:b", 12, log, 20));
        Assert.Equal("a:b-12", await _guests.SeatAsync("a:b", 12, log, 30));
        Assert.Equal("a-13", await _guests.SeatAsync("a", 13, log));

        Assert.Equal(["a:b 12 20", $"a 13 {1.5m}"], log);
    }

    [Fact]
    [Trait("Row", "D5")]
    public async Task Versions_OfOneCache_AreSeparate()
    {
        Assert.Equal("the guest of number 4", await _guests.DescribeAsync(4));
        Assert.Equal("guest 4", (await _guests.FindAsync(4))?.Name);

        Assert.Equal("guest/v2?user_id=4", GuestsCached.DescribeCache.Key(4).Text);
        Assert.Equal("the guest of number 4", await _others.DescribeAsync(4));
        Assert.Equal(0, _others.Calls);
    }

    [Fact]
    public async Task Numbers_IncludingZero_AreCached()
    {
        Assert.Equal(0, await _guests.AgeAsync(0));
        Assert.Equal(0, await _guests.AgeAsync(0));
        Assert.Equal(5, await _others.AgeAsync(5));
        Assert.Equal(5, await _guests.AgeAsync(5));
        Assert.Null(await _guests.HeightAsync(0));
        Assert.Null(await _others.HeightAsync(0));
        Assert.Equal(6, await _guests.HeightAsync(6));

        Assert.Equal(3, _guests.Calls);
        Assert.Equal(1, _others.Calls);
    }

    [Fact]
    public async Task TypeArguments_OfOneMethod_HaveSeparateEntries()
    {
        Assert.Equal(8, await _guests.ThingAsync<int>(8));
        Assert.Equal("8", await _guests.ThingAsync<string>(8));
        Assert.Equal("8", await _others.ThingAsync<string>(8));

        Assert.Equal(2, _guests.Calls);
        Assert.Equal(0, _others.Calls);
        Assert.Matches(@"^thing\.String\.[0-9a-f]{16}$", GuestsCached.ThingCache<string>.Definition.Name);
    }

    [Fact]
    public async Task Members_WithoutAnAttribute_ArePassedThrough()
    {
        Assert.Equal(1, await _guests.NotCachedAsync(1));
        Assert.Equal(2, await _guests.NotCachedAsync(1));
        Assert.Equal(2, _guests.Calls);
        Assert.Equal("hello Ann", _guests.Greet("Ann"));
    }

    [Fact]
    public async Task Remove_CacheOfADecorator_NextCallLoadsAgain()
    {
        await _guests.FindAsync(9);
        await _client.RemoveAsync(GuestsCached.FindCache, 9);
        await _guests.FindAsync(9);

        Assert.Equal(2, _guests.Calls);
    }

    [Fact]
    public async Task Caller_GivesUp_OthersGoOn()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _guests.FindAsync(10, source.Token).AsTask());
        Assert.NotNull(await _guests.FindAsync(10));
    }

    [Fact]
    public async Task Hit_AllocatesNothing()
    {
        await _guests.FindAsync(11);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            await _guests.FindAsync(11); // completes at once, and stays on this thread
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1, _guests.Calls);
    }
}
