using CacheOrleans.Loading;
using CacheOrleans.Tags;
using CacheOrleans.Testing;

namespace CacheOrleans.Grains.Tests.Tags;

/// <summary>How invalidating a tag affects entries on three silos. The clock stands still unless a test moves it.
/// </summary>
public sealed class TagInvalidationTests : IAsyncLifetime
{
    private static readonly string[] Ids = [.. Enumerable.Range(0, 24).Select(number => $"{number}")];
    private TagCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await TagCluster.StartAsync(silos: 3);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Invalidate_EntriesInMemoryOfEverySilo_BecomeStale()
    {
        foreach (var id in Ids)
        {
            await _cluster.Entry(id).SetAsync(TagCluster.Write("red", "red", "round"));
            await _cluster.Entry($"other{id}").SetAsync(TagCluster.Write("blue", "blue"));
        }

        await _cluster.Tag("red").InvalidateAsync();

        Assert.True((await HoldersAsync()).Count > 1, "All entries are on one silo.");
        foreach (var id in Ids)
        {
            Assert.Equal(EntrySource.None, await _cluster.SourceAsync(id));
            Assert.Equal(EntrySource.Memory, await _cluster.SourceAsync($"other{id}"));
        }
    }

    [Fact]
    public async Task Invalidate_EntriesInTheStore_BecomeStale()
    {
        foreach (var id in Ids)
        {
            await _cluster.Entry(id).SetAsync(TagCluster.Write("red", "red"));
            await _cluster.StoredAsync(id);
        }

        await _cluster.Tag("red").InvalidateAsync();

        foreach (var id in Ids)
        {
            await _cluster.MoveAsync(_cluster.Entry(id));
            Assert.Equal(EntrySource.None, await _cluster.SourceAsync(id));
        }
    }

    [Fact]
    public async Task Invalidate_Everything_EndsEntriesWithAndWithoutTags()
    {
        await _cluster.Entry("tagged").SetAsync(TagCluster.Write("value", "red"));
        await _cluster.Entry("plain").SetAsync(TagCluster.Write("value"));
        _cluster.Put("stored", _cluster.Now);

        await _cluster.Tag(ITagGrain.Everything).InvalidateAsync();

        foreach (var id in (string[])["tagged", "plain", "stored"])
        {
            Assert.Equal(EntrySource.None, await _cluster.SourceAsync(id));
        }
    }

    [Theory]
    [InlineData("red")]
    [InlineData(ITagGrain.Everything)]
    public async Task Set_RightAfterAnInvalidation_IsValidInMemoryAndInTheStore(string tag)
    {
        await _cluster.Entry("1").SetAsync(TagCluster.Write("old", "red"));
        await _cluster.Tag(tag).InvalidateAsync();

        await _cluster.Entry("1").SetAsync(TagCluster.Write("new", "red"));

        Assert.Equal(EntrySource.Memory, await _cluster.SourceAsync("1"));
        await _cluster.StoredAsync("1");
        await _cluster.MoveAsync(_cluster.Entry("1"));
        Assert.Equal(EntrySource.Redis, await _cluster.SourceAsync("1"));
    }

    [Theory]
    [InlineData("red")]
    [InlineData(ITagGrain.Everything)]
    public async Task Load_BegunRightAfterAnInvalidation_IsValid(string tag)
    {
        Answer(call => $"{call}");
        await User.GetAsync();
        await _cluster.Tag(tag).InvalidateAsync();

        Assert.Equal("2", EntryCluster.Text(await User.GetAsync()));
        Assert.Equal(EntrySource.Memory, (await User.GetAsync()).Source);
    }

    [Theory]
    [InlineData("red")]
    [InlineData(ITagGrain.Everything)]
    public async Task Load_BegunBeforeAnInvalidation_ServesOnlyEarlierCallers(string tag)
    {
        var first = new TaskCompletionSource<LoadResult>();
        _cluster.Entries.Loader.Answer = (_, call, _) => call == 1 ? first.Task : Task.FromResult(Red("new"));
        var before = User.GetAsync();
        await Eventually.TrueAsync(() => _cluster.Entries.Loader.Calls == 1, "the load runs");

        await _cluster.Tag(tag).InvalidateAsync();
        var after = User.GetAsync();
        await Eventually.TrueAsync(
            async () => (await _cluster.Entries.CountAsync()).Requests == 2, "the entry has been requested");
        first.SetResult(Red("old"));

        Assert.Equal(("old", "new"), (EntryCluster.Text(await before), EntryCluster.Text(await after)));
        Assert.Equal("new", EntryCluster.Text(await User.GetAsync()));
    }

    [Fact]
    public async Task Lease_GrantedBeforeAnInvalidation_ServesOnlyEarlierCallers()
    {
        var request = new EntryRequest(EntryDemand.Leased, TimeSpan.FromSeconds(10));
        var entry = _cluster.Entry("leased");
        var lease = (await entry.GetOrLeaseAsync(request)).Lease;
        var before = entry.GetOrLeaseAsync(request);
        await Eventually.TrueAsync(
            async () => (await _cluster.Entries.CountAsync("plain")).Requests == 2, "one waits");

        await _cluster.Tag("red").InvalidateAsync();
        var after = entry.GetOrLeaseAsync(request);
        await Eventually.TrueAsync(
            async () => (await _cluster.Entries.CountAsync("plain")).Requests == 3, "two wait");
        var outcome = await entry.CompleteAsync(new LeaseCompletion(lease, "old"u8.ToArray(), Tags: ["red"]));

        Assert.False(outcome.IsKept);
        Assert.Equal((EntryStatus.Value, TimeSpan.Zero), ((await before).Status, (await before).TimeLeft));
        Assert.Equal(EntryStatus.Leased, (await after).Status);
        outcome = await entry.CompleteAsync(new LeaseCompletion((await after).Lease, "new"u8.ToArray(), Tags: ["red"]));
        Assert.True(outcome.IsKept);
        Assert.Equal(["red"], (await entry.GetOrLeaseAsync(request)).Tags!);
    }

    /// <remarks>The larger value exceeds the cache's limit and would not be kept in any case.</remarks>
    [Theory]
    [InlineData(10)]
    [InlineData(5000)]
    public async Task Load_BegunBeforeAnInvalidationAndASet_ServesOnlyEarlierCallers(int bytes)
    {
        var first = new TaskCompletionSource<LoadResult>();
        _cluster.Entries.Loader.Answer = (_, _, _) => first.Task;
        var before = User.GetAsync();
        await Eventually.TrueAsync(() => _cluster.Entries.Loader.Calls == 1, "the load runs");
        await _cluster.Tag("red").InvalidateAsync();
        var after = User.GetAsync();
        await Eventually.TrueAsync(
            async () => (await _cluster.Entries.CountAsync()).Requests == 2, "the entry is asked again");
        await User.SetAsync(TagCluster.Write("set", "red"));
        first.SetResult(Red(new string('x', bytes)));

        Assert.Equal(bytes, (await before).Value!.Length);
        Assert.Equal("set", EntryCluster.Text(await after));
        Assert.Equal(1, _cluster.Entries.Loader.Calls);
    }

    [Fact]
    public async Task Invalidate_WithManyKeys_CallsNoneOfThem()
    {
        foreach (var id in Ids)
        {
            await _cluster.Entry(id).SetAsync(TagCluster.Write("red", "red"));
        }

        _cluster.Traffic.Reset();
        await _cluster.Tag("red").InvalidateAsync();

        Assert.Equal(0, _cluster.Traffic[typeof(ICacheEntryGrain)]);
        Assert.Equal(1, _cluster.Traffic[typeof(ITagGrain)]);
    }

    [Theory]
    [InlineData("", "not be empty")]
    [InlineData("*", "every entry has")]
    [InlineData("a\tb", "control characters")]
    public async Task Set_InvalidTag_SaysWhy(string tag, string why)
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => _cluster.Entry("1").SetAsync(TagCluster.Write("value", "fine", tag)));

        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.Equal(EntrySource.None, await _cluster.SourceAsync("1"));
    }

    [Fact]
    public async Task Complete_TooManyTags_SaysSoAndKeepsTheLease()
    {
        string[] tags = [.. Enumerable.Range(0, CacheTags.MaxCount + 1).Select(number => $"{number}")];
        var request = new EntryRequest(EntryDemand.Leased, TimeSpan.Zero);
        var lease = (await _cluster.Entry("1").GetOrLeaseAsync(request)).Lease;

        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => _cluster.Entry("1").CompleteAsync(new LeaseCompletion(lease, [1], Tags: tags)));

        Assert.Contains("at most 64 tags", error.Message, StringComparison.Ordinal);
        Assert.True((await _cluster.Entry("1").CompleteAsync(new LeaseCompletion(lease, [1], Tags: ["1"]))).IsKept);
    }

    private ICacheEntryGrain User => _cluster.Entries.Entry("user/v1?user_id=42");

    private static LoadResult Red(string text) => FakeLoader.Found(text).WithTags(["red"]);

    private void Answer(Func<int, string> text) =>
        _cluster.Entries.Loader.Answer = (_, call, _) => Task.FromResult(Red(text(call)));

    /// <summary>Returns the silos that own entries.</summary>
    private async Task<HashSet<string>> HoldersAsync() =>
        [.. (await Task.WhenAll(Ids.Select(id => _cluster.Entry(id).DescribeAsync()))).Select(entry => entry.Silo)];
}
