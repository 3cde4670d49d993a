using CacheOrleans.Grains.Entries;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CacheOrleans.Grains.Tests.Entries;

/// <summary>Caches that clients declare, and which life their entries have.</summary>
public sealed class DeclarationTests : IAsyncLifetime
{
    private const string Key = "order/v1?id=1";
    private const string StoreKey = "order:v1:order:1";
    private static readonly CacheLife Life = new(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(5));
    private readonly FakeLogCollector _log = new();
    private EntryCluster _cluster = null!;

    private ICacheEntryGrain Entry => _cluster.Entry(Key);

    public async ValueTask InitializeAsync() => _cluster = await EntryCluster.StartAsync(
        configure: silo => silo.Services.AddSingleton<ILoggerProvider>(new FakeLoggerProvider(_log)));

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task GetOrLease_UnknownCache_IsUndeclaredUntilDeclared()
    {
        Assert.Equal(EntryStatus.Undeclared, (await AskAsync()).Status);
        Assert.Equal(EntryStatus.Undeclared, (await AskAsync("order/v1?id=2")).Status);

        await Entry.DeclareAsync(Declaration());

        Assert.Equal(EntryStatus.Leased, (await AskAsync()).Status);
        Assert.Equal(EntryStatus.Leased, (await AskAsync("order/v1?id=2")).Status);
        Assert.Equal(EntryStatus.Leased, (await AskAsync("order/v2?id=3")).Status);
        Assert.Equal(EntrySource.None, (await Entry.GetAsync()).Source);
    }

    [Fact]
    public async Task OtherCalls_UnknownCache_ThrowUntilDeclared()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Entry.GetAsync());
        Assert.Contains("There is no cache 'order'", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => Entry.SetAsync(EntryCluster.Write("no")));

        await Entry.DeclareAsync(Declaration());

        await Entry.SetAsync(EntryCluster.Write("yes", writeThrough: true));
        Assert.Equal("yes", EntryCluster.Text(await Entry.GetAsync()));
        Assert.Equal(Life.TimeToLive, LifeInStore());
    }

    [Theory]
    [InlineData("order", "order:{other}", "Cache 'order' has the template 'order:{id}' in the silos")]
    [InlineData("order", "order:{id", "Cache 'order': ")]
    [InlineData("another", "order:{id}", "The key belongs to cache 'order', but 'another' was declared.")]
    public async Task Declare_Mismatch_SaysWhatIsWrong(string name, string template, string message)
    {
        if (template == "order:{other}")
        {
            await Entry.DeclareAsync(Declaration());
        }

        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => Entry.DeclareAsync(new CacheDeclaration(name, template, Life)));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Declare_KeyDoesNotFitTheTemplate_FailsTheCall()
    {
        await Entry.DeclareAsync(new CacheDeclaration("order", "order:{number}", Life));

        var error = await Assert.ThrowsAsync<ArgumentException>(() => AskAsync());

        Assert.Contains("'number'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Declare_LifeOutOfRange_NamesTheRange()
    {
        var error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Entry.DeclareAsync(Declaration(Life with { NotFoundTimeToLive = TimeSpan.Zero })));

        Assert.Contains("00:00:00.001", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Declare_TooManyCaches_IsRefused()
    {
        var catalog = _cluster.Silos.GetSiloServiceProvider().GetRequiredService<CacheCatalog>();
        for (var i = 0; i < CacheCatalog.MaxDeclared; i++)
        {
            catalog.Declare(new CacheDeclaration($"cache{i}", "{id}", Life));
        }

        var error = await Assert.ThrowsAsync<ArgumentException>(() => Entry.DeclareAsync(Declaration()));

        Assert.Contains("10000", error.Message, StringComparison.Ordinal);
        await _cluster.Entry("cache7/v1?id=1").DeclareAsync(new CacheDeclaration("cache7", "{id}", Life));
    }

    [Fact]
    public async Task Life_DeclaredCache_UsesTheLifeOfTheCall()
    {
        await Entry.DeclareAsync(Declaration());
        var newer = new CacheLife(TimeSpan.FromHours(2), TimeSpan.FromSeconds(9));

        await Entry.SetAsync(new CacheWrite([1], WriteThrough: true, Life: newer));
        Assert.Equal(newer.TimeToLive, LifeInStore());

        var other = _cluster.Entry("order/v1?id=2");
        await CompleteAsync(other, [1], life: newer);
        Assert.Equal(newer.TimeToLive, (await other.GetOrLeaseAsync(Request())).TimeLeft);

        await Entry.RemoveAsync();
        var outcome = await CompleteAsync(Entry, null, life: newer);
        Assert.Equal(newer.NotFoundTimeToLive, outcome.TimeLeft);
    }

    [Fact]
    public async Task Life_DeclaredCache_TombstonesLastAsLongAsTheLongestLife()
    {
        await Entry.DeclareAsync(Declaration());
        await _cluster.Entry("order/v1?id=2").SetAsync(
            new CacheWrite([1], Life: new CacheLife(TimeSpan.FromHours(2), TimeSpan.FromSeconds(9))));

        await Entry.RemoveAsync();

        Assert.True(_cluster.Store[StoreKey]!.IsTombstone);
        Assert.Equal(TimeSpan.FromHours(2), LifeInStore());
    }

    [Fact]
    public async Task Life_DeclaredCache_TombstonesLastAsLongAsTheLongestLifeGiven()
    {
        await Entry.DeclareAsync(Declaration());
        await _cluster.Entry("order/v1?id=2").SetAsync(new CacheWrite([1], TimeSpan.FromHours(3)));

        await Entry.RemoveAsync();

        Assert.True(_cluster.Store[StoreKey]!.IsTombstone);
        Assert.Equal(TimeSpan.FromHours(3), LifeInStore());
    }

    [Fact]
    public async Task Life_RegisteredCache_UsesItsOwnAndLogsTheDifferenceOnce()
    {
        var entry = _cluster.Entry("plain/v1?id=1");
        await entry.DeclareAsync(new CacheDeclaration("plain", "plain:{id}", Life));
        await entry.SetAsync(new CacheWrite([1], WriteThrough: true, Life: Life));

        Assert.Equal(EntryCluster.TimeToLive, (await entry.GetOrLeaseAsync(Request())).TimeLeft);
        await entry.RemoveAsync();
        Assert.Equal(EntryCluster.TimeToLive, (await CompleteAsync(entry, [1], life: Life)).TimeLeft);
        var record = Assert.Single(_log.Of(1004));
        Assert.Equal(LogLevel.Information, record.Level);
        Assert.Contains(
            "'plain' is registered with a time to live of 00:05:00", record.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Life_GivenForOneValue_LimitsItsLife()
    {
        var entry = _cluster.Entry("plain/v1?id=1");
        var brief = TimeSpan.FromSeconds(3);

        Assert.Equal(brief, (await CompleteAsync(entry, [1], brief)).TimeLeft);
        await entry.RemoveAsync();
        Assert.Equal(brief, (await CompleteAsync(entry, null, brief)).TimeLeft);
        await entry.RemoveAsync();
        Assert.Equal(TimeSpan.FromSeconds(30), (await CompleteAsync(entry, null, TimeSpan.FromHours(1))).TimeLeft);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => entry.CompleteAsync(new LeaseCompletion(Guid.NewGuid(), [1], TimeSpan.Zero)));
    }

    private static CacheDeclaration Declaration(CacheLife? life = null) => new("order", "order:{id}", life ?? Life);

    private static EntryRequest Request() => new(EntryDemand.Leased, TimeSpan.FromSeconds(1));

    private static async Task<LeaseOutcome> CompleteAsync(
        ICacheEntryGrain entry, byte[]? value, TimeSpan? timeToLive = null, CacheLife? life = null)
    {
        var leased = await entry.GetOrLeaseAsync(Request());
        Assert.Equal(EntryStatus.Leased, leased.Status);
        return await entry.CompleteAsync(new LeaseCompletion(leased.Lease, value, timeToLive, Life: life));
    }

    private Task<EntryReply> AskAsync(string key = Key) => _cluster.Entry(key).GetOrLeaseAsync(Request());

    private TimeSpan LifeInStore() => _cluster.Store[StoreKey]!.ExpiresAt - _cluster.Store[StoreKey]!.CreatedAt;
}
