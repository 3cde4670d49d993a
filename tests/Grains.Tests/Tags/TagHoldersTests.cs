using CacheOrleans.Grains.Tests.Entries;
using CacheOrleans.Testing;

namespace CacheOrleans.Grains.Tests.Tags;

/// <summary>Which processes with copies are told of an invalidated tag.</summary>
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
    public async Task Invalidate_TagOfAnEntry_IsToldToHoldersOfTaggedEntries()
    {
        var version = await _cluster.Tag("red").InvalidateAsync();

        await Eventually.TrueAsync(() => !_tagged.ToldOfTags.IsEmpty, "the holder is told");
        Assert.Equal(("red", version), Assert.Single(_tagged.ToldOfTags));
        Assert.Empty(_plain.ToldOfTags);
    }

    [Fact]
    public async Task Invalidate_Everything_IsToldToAll()
    {
        var version = await _cluster.Tag(ITagGrain.Everything).InvalidateAsync();

        await Eventually.TrueAsync(
            () => !_tagged.ToldOfTags.IsEmpty && !_plain.ToldOfTags.IsEmpty, "both holders are told");
        Assert.Equal((ITagGrain.Everything, version), Assert.Single(_plain.ToldOfTags));
    }

    [Fact]
    public async Task Invalidate_AfterTheLease_IsToldToNobody()
    {
        _cluster.Entries.Time.Advance(2 * Lease);
        await AskAsync("plain", _plainReference);

        await _cluster.Tag("red").InvalidateAsync();
        await _cluster.Tag(ITagGrain.Everything).InvalidateAsync();

        await Eventually.TrueAsync(() => !_plain.ToldOfTags.IsEmpty, "who still has a copy is told");
        Assert.Empty(_tagged.ToldOfTags);
    }

    private Task<EntryReply> AskAsync(string id, INearCacheObserver holder) =>
        _cluster.Entry(id).GetOrLeaseAsync(new EntryRequest(EntryDemand.Leased, TimeSpan.Zero, holder, Lease));
}
