using CacheOrleans.Grains.Tests.Entries;
using CacheOrleans.Testing;

namespace CacheOrleans.Grains.Tests.Tags;

/// <summary>Which processes with copies are notified of an invalidated tag.</summary>
public sealed class TagHoldersTests : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);
    private readonly FakeHolder _tagged = new();
    private readonly FakeHolder _plain = new();
    private TagCluster _cluster = null!;
    private INearCacheObserver _taggedReference = null!;
    private INearCacheObserver _plainReference = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await TagCluster.StartAsync();
        var client = _cluster.Entries.Silos.Client;
        _taggedReference = client.CreateObjectReference<INearCacheObserver>(_tagged);
        _plainReference = client.CreateObjectReference<INearCacheObserver>(_plain);
        await _cluster.Entry("tagged").SetAsync(TagCluster.Write("value", "red"));
        await _cluster.Entry("plain").SetAsync(TagCluster.Write("value"));
        Assert.Equal(["red"], (await AskAsync("tagged", _taggedReference)).Tags!);
        Assert.Null((await AskAsync("plain", _plainReference)).Tags);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Invalidate_TagOfAnEntry_NotifiesHoldersOfTaggedEntries()
    {
        var version = await _cluster.Tag("red").InvalidateAsync();

        await Eventually.TrueAsync(() => !_tagged.ReceivedTags.IsEmpty, "the holder is notified");
        Assert.Equal(("red", version), Assert.Single(_tagged.ReceivedTags));
        Assert.Empty(_plain.ReceivedTags);
    }

    [Fact]
    public async Task Invalidate_Everything_NotifiesAllHolders()
    {
        var version = await _cluster.Tag(ITagGrain.Everything).InvalidateAsync();

        await Eventually.TrueAsync(
            () => !_tagged.ReceivedTags.IsEmpty && !_plain.ReceivedTags.IsEmpty, "both holders are notified");
        Assert.Equal((ITagGrain.Everything, version), Assert.Single(_plain.ReceivedTags));
    }

    [Fact]
    public async Task Invalidate_AfterTheLease_NotifiesNoHolder()
    {
        _cluster.Entries.Time.Advance(2 * Lease);
        await AskAsync("plain", _plainReference);

        await _cluster.Tag("red").InvalidateAsync();
        await _cluster.Tag(ITagGrain.Everything).InvalidateAsync();

        await Eventually.TrueAsync(() => !_plain.ReceivedTags.IsEmpty, "the process that still has a copy is notified");
        Assert.Empty(_tagged.ReceivedTags);
    }

    private Task<EntryReply> AskAsync(string id, INearCacheObserver holder) =>
        _cluster.Entry(id).GetOrLeaseAsync(new EntryRequest(EntryDemand.Leased, TimeSpan.Zero, holder, Lease));
}
