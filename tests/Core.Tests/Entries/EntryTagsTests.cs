using CacheOrleans.Definitions;
using CacheOrleans.Entries;
using CacheOrleans.Loading;
using CacheOrleans.Storage;
using CacheOrleans.Tags;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Core.Tests.Entries;

/// <summary>The clock stands still unless a test moves it, so these rules hold even within one microsecond.</summary>
public sealed class EntryTagsTests
{
    private static readonly string[] Tags = ["red", "round"];
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000));
    private readonly TagFloors _floors = new();
    private readonly EntryMemory _memory;

    public EntryTagsTests() => _memory = NewMemory();

    [Fact]
    public void Fresh_TagInvalidated_IsNull()
    {
        var record = _memory.Set([1], life: null, Tags);
        Assert.Equal(Tags, record.Tags!);
        Assert.Equal(Tags, _memory.Fresh!.Tags!);

        Invalidate("blue");
        Assert.NotNull(_memory.Fresh);
        Invalidate("round");
        Assert.Null(_memory.Fresh);
    }

    [Theory]
    [InlineData("red")]
    [InlineData(CacheTags.Everything)]
    public void Fresh_TagInvalidatedAfterManyQuickSets_IsNull(string tag)
    {
        for (var i = 0; i < 50; i++)
        {
            _memory.Set([1], life: null, Tags);
            _time.Advance(TimeSpan.FromMicroseconds(10));
        }

        Invalidate(tag);

        Assert.Null(_memory.Fresh);
    }

    [Fact]
    public void Fresh_EverythingInvalidated_IsNull()
    {
        _memory.Set([1], life: null);

        Invalidate(CacheTags.Everything);

        Assert.Null(_memory.Fresh);
    }

    [Theory]
    [InlineData("red")]
    [InlineData(CacheTags.Everything)]
    public void Set_RightAfterAnInvalidation_IsValid(string tag)
    {
        Invalidate(tag);

        _memory.Set([1], life: null, Tags);

        Assert.NotNull(_memory.Fresh);
    }

    [Theory]
    [InlineData("red")]
    [InlineData(CacheTags.Everything)]
    public void Keep_LoadBeganRightAfterAnInvalidation_IsValid(string tag)
    {
        Invalidate(tag);

        Assert.NotNull(_memory.Keep(_memory.BeginLoad(), Found));
        Assert.Equal(Tags, _memory.Fresh!.Tags!);
    }

    [Theory]
    [InlineData("red")]
    [InlineData(CacheTags.Everything)]
    public void Keep_LoadBeganBeforeAnInvalidation_KeepsNothing(string tag)
    {
        Invalidate("blue"); // neither another tag's floor nor concurrent operations may hide the invalidation
        _memory.Set([1], life: null);
        _memory.Remove();
        var start = _memory.BeginLoad();

        Invalidate(tag);

        Assert.Null(_memory.Keep(start, Found));
        Assert.Null(_memory.Fresh);
    }

    [Fact]
    public void IsCurrent_EverythingInvalidatedSinceTheStart_IsFalse()
    {
        var start = _memory.BeginLoad();
        Invalidate("red");
        Assert.True(_memory.IsCurrent(start));

        Invalidate(CacheTags.Everything);
        Assert.False(_memory.IsCurrent(start));
        Assert.True(_memory.IsCurrent(_memory.BeginLoad()));
    }

    [Fact]
    public void Keep_NothingFound_CanBeInvalidated()
    {
        _memory.Keep(_memory.BeginLoad(), LoadResult.NotFound.WithTags(Tags));
        Assert.NotNull(_memory.Fresh);

        Invalidate("red");

        Assert.Null(_memory.Fresh);
    }

    [Fact]
    public void Accept_RecordFromBeforeAnInvalidation_IsAMissThatAdvancesTheStamp()
    {
        var record = NewMemory().Set([1], life: null, Tags);
        Invalidate("red");

        Assert.False(_memory.TryAccept(_memory.BeginLoad(), record));
        Assert.Null(_memory.Fresh);
        Assert.Equal(record.Stamp, _memory.LastStamp);
    }

    [Fact]
    public void Accept_LaterRecord_KeepsItsTags()
    {
        Invalidate("red");
        var record = NewMemory().Set([1], life: null, Tags);

        Assert.True(_memory.TryAccept(_memory.BeginLoad(), record));
        Invalidate("red");

        Assert.Null(_memory.Fresh);
    }

    [Fact]
    public void Touch_BeforeAnInvalidation_IsStillInvalidated()
    {
        var slide = TimeSpan.FromMinutes(1);
        _memory.Set([1], life: null, Tags, slide);
        _time.Advance(TimeSpan.FromSeconds(30));

        var extended = _memory.Touch()!;

        Invalidate("red");
        Assert.Equal(Tags, extended.Tags!);
        Assert.True(_floors.IsInvalidated(Tags, extended.Stamp));
    }

    [Fact]
    public void Remove_ValueLivesForYears_TombstoneLivesForADay()
    {
        _memory.Set([1], CacheDefinition.MaxTimeToLive);

        var tombstone = _memory.Remove(CacheDefinition.MaxTimeToLive);

        Assert.Equal(TimeSpan.FromDays(1), tombstone.ExpiresAt - tombstone.CreatedAt);
    }

    private static LoadResult Found => LoadResult.Found([1]).WithTags(Tags);

    /// <summary>Raises the tag's floor as the tag's grain does.</summary>
    private void Invalidate(string tag)
    {
        _floors.TryGet(tag, out var last);
        _floors.Raise(tag, Stamp.Next(_time.GetUtcNow(), last));
    }

    private EntryMemory NewMemory() =>
        new(new CacheDefinition("user", "user:{id}", TimeSpan.FromMinutes(5)), _time, _floors);
}
