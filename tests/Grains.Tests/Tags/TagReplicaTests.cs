using CacheOrleans.Grains.Tags;
using CacheOrleans.Storage;
using CacheOrleans.Testing;

namespace CacheOrleans.Grains.Tests.Tags;

/// <summary>Which tag versions silos know: at the first use, after lost messages, and when they join.</summary>
public sealed class TagReplicaTests : IAsyncLifetime
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMilliseconds(100);
    private TagCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await TagCluster.StartAsync(silos: 2);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Read_RecordWithAnUnknownTag_AsksForItsVersion()
    {
        _cluster.PutVersion("red", new Stamp(10));
        _cluster.Put("before", new Stamp(10), "blue", "red");
        _cluster.Put("after", new Stamp(11), "blue", "red");

        Assert.Equal(EntrySource.None, await _cluster.SourceAsync("before"));
        Assert.Equal(EntrySource.Redis, await _cluster.SourceAsync("after"));
    }

    [Fact]
    public async Task Read_TagGrainDoesNotAnswer_IsAMiss()
    {
        _cluster.Put("1", _cluster.Now, "red");
        _cluster.Traffic.Hold(typeof(ITagGrain));

        var reading = _cluster.SourceAsync("1");
        await UntilAsync(reading);

        Assert.Equal(EntrySource.None, await reading);
        _cluster.Traffic.Release();
        await Eventually.TrueAsync(
            async () => await _cluster.SourceAsync("1") == EntrySource.Redis, "the tag is known");
    }

    [Fact]
    public async Task Read_StoreCannotReturnTheVersion_IsAMissUntilItCan()
    {
        _cluster.Put("1", _cluster.Now, "red");
        var replica = TagCluster.Replica(_cluster.Silos[0]);
        _cluster.Store.ReadFailure = new StoreFailure(StoreFailureKind.Timeout, new TimeoutException());

        Assert.False(await replica.LearnAsync(["red"]));
        _cluster.Store.ReadFailure = null;
        Assert.True(await replica.LearnAsync(["red"]));
        Assert.Equal(EntrySource.Redis, await _cluster.SourceAsync("1"));
    }

    [Fact]
    public async Task Refresh_AfterALostMessage_LearnsTheVersionsOfTagsInUse()
    {
        await _cluster.Entry("1").SetAsync(TagCluster.Write("value", "red"));
        await _cluster.SourceAsync("1");
        await PassAsync(); // now the tag is known and its grain is active
        await LoseInvalidationAsync("red");
        Assert.Equal(EntrySource.Memory, await _cluster.SourceAsync("1"));

        _cluster.Entries.Time.Advance(TagRefresher.Interval);

        await Eventually.TrueAsync(
            async () => await _cluster.SourceAsync("1") == EntrySource.None, "the silo has learned of it");
    }

    [Fact]
    public async Task Refresh_AfterALostMessage_LearnsThatEverythingWasInvalidated()
    {
        await _cluster.Entry("1").SetAsync(TagCluster.Write("value"));
        await LoseInvalidationAsync(ITagGrain.Everything);
        Assert.Equal(EntrySource.Memory, await _cluster.SourceAsync("1"));

        _cluster.Entries.Time.Advance(TagRefresher.Interval);

        await Eventually.TrueAsync(
            async () => await _cluster.SourceAsync("1") == EntrySource.None, "the silo has learned of it");
    }

    [Fact]
    public async Task Invalidate_UnreachableSilo_IsAwaitedForASecondAndLearnsItLater()
    {
        var deaf = _cluster.Silos[1];
        await _cluster.Tag("red").GetVersionAsync();
        Assert.True(await TagCluster.Replica(deaf).LearnAsync(["red"]));
        _cluster.Traffic.Hold(typeof(ITagService), deaf.SiloAddress);

        var start = _cluster.Entries.Time.GetUtcNow();
        var invalidating = _cluster.Tag("red").InvalidateAsync();
        await UntilAsync(invalidating);

        Assert.InRange(_cluster.Entries.Time.GetUtcNow() - start, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        Assert.Equal(new Stamp(await invalidating), TagCluster.Replica(_cluster.Silos[0]).Floors.FloorOf(["red"]));
        Assert.Equal(Stamp.None, TagCluster.Replica(deaf).Floors.FloorOf(["red"]));
        _cluster.Traffic.Release();
        TagCluster.Replica(deaf).Floors.IsInvalidated(["red"], new Stamp(1));
        await PassAsync();
        await Eventually.TrueAsync(
            async () => TagCluster.Replica(deaf).Floors.FloorOf(["red"]) == new Stamp(await invalidating),
            "the silo has learned the version");
    }

    [Fact]
    public async Task Join_EverythingWasInvalidated_LearnsItBeforeServing()
    {
        var everything = new Stamp(await _cluster.Tag(ITagGrain.Everything).InvalidateAsync());
        var red = new Stamp(await _cluster.Tag("red").InvalidateAsync());

        var joined = TagCluster.Replica(await _cluster.Entries.Silos.StartAdditionalSiloAsync());

        Assert.Equal(everything, joined.Floors.FloorOf(null));
        Assert.True(await joined.LearnAsync(["red"]));
        Assert.Equal(red, joined.Floors.FloorOf(["red"]));
        var next = new Stamp(await _cluster.Tag("red").InvalidateAsync());
        Assert.Equal(next, joined.Floors.FloorOf(["red"]));
    }

    [Fact]
    public async Task Learn_ManyConcurrentReads_AskOnce()
    {
        var replica = TagCluster.Replica(_cluster.Silos[0]);
        _cluster.Traffic.Reset();
        var all = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => replica.LearnAsync(["red"]).AsTask()));

        Assert.All(all, Assert.True);
        Assert.InRange(_cluster.Traffic[typeof(ITagGrain)], 1, 3);
        _cluster.Traffic.Reset();
        Assert.True(await replica.LearnAsync(["red"]));
        Assert.Equal(0, _cluster.Traffic[typeof(ITagGrain)]);
    }

    /// <summary>Puts a later version into the store without notifying any silo.</summary>
    private async Task LoseInvalidationAsync(string tag)
    {
        await _cluster.Tag(tag).GetVersionAsync();
        _cluster.PutVersion(tag, new Stamp(_cluster.Now.Value + 10));
        await _cluster.MoveAsync(_cluster.Tag(tag));
    }

    /// <summary>Advances the clock until both silos have asked for versions.</summary>
    private async Task PassAsync()
    {
        _cluster.Traffic.Reset();
        _cluster.Entries.Time.Advance(TagRefresher.Interval);
        await Eventually.TrueAsync(() => _cluster.Traffic[typeof(ITagGrain)] >= 2, "both silos have asked");
    }

    /// <summary>Advances the clock until a task has completed.</summary>
    private Task UntilAsync(Task task) => Eventually.TrueAsync(
        () =>
        {
            if (!task.IsCompleted)
            {
                _cluster.Entries.Time.Advance(AnswerTimeout / 10);
            }

            return task.IsCompleted;
        },
        "the task has completed");
}
