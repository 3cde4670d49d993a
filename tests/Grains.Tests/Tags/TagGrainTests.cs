using CacheOrleans.Storage;
using CacheOrleans.Testing;

namespace CacheOrleans.Grains.Tests.Tags;

public sealed class TagGrainTests : IAsyncLifetime
{
    private static readonly StoreFailure Gone = new(StoreFailureKind.Connection, new IOException("gone"));
    private TagCluster _cluster = null!;

    private ITagGrain Red => _cluster.Tag("red");

    public async ValueTask InitializeAsync() => _cluster = await TagCluster.StartAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task GetVersion_NeverInvalidated_IsZero() => Assert.Equal(0, await Red.GetVersionAsync());

    [Fact]
    public async Task Invalidate_Repeated_UsesTheTimeOrOneMoreThanTheLast()
    {
        var now = _cluster.Now.Value;

        Assert.Equal(now, await Red.InvalidateAsync());
        Assert.Equal(now + 1, await Red.InvalidateAsync());
        Assert.Equal(now + 1, await Red.GetVersionAsync());
        Assert.Equal(new Stamp(now + 1), _cluster.Store["@tag:red"]!.Stamp);
        _cluster.Entries.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(now + 1_000_000, await Red.InvalidateAsync());
    }

    [Fact]
    public async Task GetVersion_AfterAMove_IsReadFromTheStore()
    {
        _cluster.PutVersion("red", new Stamp(77));

        Assert.Equal(77, await Red.GetVersionAsync());
    }

    [Fact]
    public async Task GetVersion_StoreHasLostIt_LearnsItFromTheSilosAndStoresIt()
    {
        var version = await Red.InvalidateAsync();
        _cluster.Store.Remove("@tag:red");
        await _cluster.MoveAsync(Red);

        Assert.Equal(version, await Red.GetVersionAsync());
        await Eventually.TrueAsync(() => _cluster.Store["@tag:red"] is not null, "the version is stored again");
    }

    [Fact]
    public async Task GetVersion_StoreHoldsUnreadableBytes_UsesNowAndStoresIt()
    {
        _cluster.Store.IsUnreadable = true;

        Assert.Equal(_cluster.Now.Value, await Red.GetVersionAsync());
        await Eventually.TrueAsync(() => _cluster.Store["@tag:red"]?.Stamp == _cluster.Now, "the version is written");
    }

    [Fact]
    public async Task GetVersion_StoreIsAway_FailsUntilItIsBack()
    {
        _cluster.PutVersion("red", new Stamp(77));
        _cluster.Store.ReadFailure = new StoreFailure(StoreFailureKind.Refusing, new IOException("BUSY"));
        Assert.Null(await Red.GetVersionAsync());
        _cluster.Store.ReadFailure = Gone;

        Assert.Null(await Red.GetVersionAsync());
        _cluster.Store.ReadFailure = null;
        _cluster.Entries.Gate.Refuses = true;
        Assert.Null(await Red.GetVersionAsync());
        _cluster.Entries.Gate.Refuses = false;
        Assert.Equal(77, await Red.GetVersionAsync());
    }

    [Fact]
    public async Task GetVersion_StoreIsAway_ReturnsTheSilosVersion()
    {
        var version = await Red.InvalidateAsync();
        await _cluster.MoveAsync(Red);
        _cluster.Store.ReadFailure = Gone;

        Assert.Equal(version, await Red.GetVersionAsync());
    }

    [Fact]
    public async Task Invalidate_StoreIsAway_CountsInMemoryAndIsWrittenLater()
    {
        var gate = new TaskCompletionSource();
        (_cluster.Entries.Writes.Gate, _cluster.Entries.Writes.IsHeld) = (gate.Task, true);
        _cluster.Store.ReadFailure = Gone;
        await _cluster.Entry("1").SetAsync(TagCluster.Write("value", "red"));

        var version = await Red.InvalidateAsync();

        Assert.Equal(EntrySource.None, await _cluster.SourceAsync("1"));
        gate.SetResult();
        await Eventually.TrueAsync(
            () => _cluster.Store["@tag:red"]?.Stamp == new Stamp(version), "the store has the version");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5_000_000)]
    public async Task Invalidate_StoreHoldsALaterVersion_ExceedsIt(int ahead)
    {
        Assert.Equal(0, await Red.GetVersionAsync());
        var later = new Stamp(_cluster.Now.Value + ahead);
        _cluster.PutVersion("red", later);

        Assert.Equal(later.Value + 1, await Red.InvalidateAsync());
        Assert.Equal(new Stamp(later.Value + 1), _cluster.Store["@tag:red"]!.Stamp);
    }

    [Fact]
    public async Task Invalidate_ManyConcurrentCalls_AreServedByOneOrTwoRuns()
    {
        var now = _cluster.Now.Value;
        var gate = new TaskCompletionSource();
        _cluster.Entries.Writes.Gate = gate.Task;
        Assert.Equal(0, await Red.GetVersionAsync());
        var first = Red.InvalidateAsync();
        await Eventually.TrueAsync(async () => await Red.GetVersionAsync() == now, "the first one runs");

        var calls = _cluster.Traffic[typeof(ITagGrain)];
        var others = Enumerable.Range(0, 50).Select(_ => Red.InvalidateAsync()).ToList();
        await Eventually.TrueAsync(() => _cluster.Traffic[typeof(ITagGrain)] >= calls + 50, "all calls have arrived");
        gate.SetResult();

        Assert.Equal(now, await first);
        Assert.All(await Task.WhenAll(others), version => Assert.Equal(now + 1, version));
    }

    [Theory]
    [InlineData("a\nb", "control characters")]
    [InlineData("long", "at most 256 characters; got 257")]
    public async Task AnyCall_InvalidTag_SaysWhy(string tag, string why)
    {
        var grain = _cluster.Tag(tag == "long" ? new string('x', 257) : tag);

        foreach (Func<Task> call in (Func<Task>[])[() => grain.GetVersionAsync(), () => grain.InvalidateAsync()])
        {
            var error = await Assert.ThrowsAsync<ArgumentException>(call);
            Assert.Contains(why, error.Message, StringComparison.Ordinal);
        }
    }
}
