using CacheOrleans.Storage;
using CacheOrleans.Tags;

namespace CacheOrleans.Core.Tests.Tags;

public sealed class TagFloorsTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000);
    private readonly TagFloors _floors = new();

    [Fact]
    public void IsInvalidated_NothingKnown_IsFalse()
    {
        Assert.False(_floors.IsInvalidated(null, new(1)));
        Assert.False(_floors.IsInvalidated(["a", "b"], new(1)));
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void IsInvalidated_OneTagRaised_IsTrueUpToTheFloor(long stamp, bool isInvalidated)
    {
        _floors.Raise("b", new(10));

        Assert.Equal(isInvalidated, _floors.IsInvalidated(["a", "b"], new(stamp)));
        Assert.False(_floors.IsInvalidated(["a", "B"], new(stamp)));
        Assert.False(_floors.IsInvalidated(null, new(stamp)));
    }

    [Fact]
    public void IsInvalidated_EverythingRaised_HoldsForEntriesWithAndWithoutTags()
    {
        _floors.Raise(CacheTags.Everything, new(10));

        Assert.True(_floors.IsInvalidated(null, new(10)));
        Assert.True(_floors.IsInvalidated(["a"], new(10)));
        Assert.False(_floors.IsInvalidated(["a"], new(11)));
    }

    [Fact]
    public void Raise_LowerThanBefore_ChangesNothing()
    {
        Assert.True(_floors.Raise("a", new(10)));

        Assert.False(_floors.Raise("a", new(10)));
        Assert.False(_floors.Raise("a", new(9)));
        Assert.Equal((new Stamp(10), 1), (_floors.FloorOf(["a"]), _floors.Changes));
    }

    [Fact]
    public void Learn_UnknownTag_ReturnsFalse()
    {
        Assert.False(_floors.Learn("a", new(10)));
        Assert.False(_floors.Learn("a", new(10)));
        Assert.True(_floors.Learn("a", new(11)));
    }

    [Fact]
    public void Knows_IsTrueOnlyWhenEverythingAndAllTagsAreKnown()
    {
        _floors.Learn("a", Stamp.None);
        Assert.False(_floors.Knows(null));

        _floors.Learn(CacheTags.Everything, Stamp.None);
        Assert.True(_floors.Knows(null));
        Assert.True(_floors.Knows(["a"]));
        Assert.False(_floors.Knows(["a", "b"]));
    }

    [Fact]
    public void Highest_IsTheHighestOfAll()
    {
        _floors.Raise("a", new(10));
        _floors.Raise(CacheTags.Everything, new(12));
        _floors.Learn("b", new(11));

        Assert.Equal(new Stamp(12), _floors.Highest);
    }

    [Fact]
    public void FloorSince_TagInvalidatedSinceTheStart_IsNull()
    {
        _floors.Learn("a", Stamp.None);
        var since = _floors.Changes;

        // Its stamp is far below the owner's clock; what matters is that the invalidation came later.
        _floors.Raise("a", new(5));

        Assert.Null(_floors.FloorSince(["a", "b"], since, Now));
        Assert.Equal(Stamp.None, _floors.FloorSince(["b"], since, Now));
        Assert.Equal(new Stamp(5), _floors.FloorSince(["a"], _floors.Changes, Now));
    }

    [Fact]
    public void FloorSince_EverythingInvalidatedSinceTheStart_IsNull()
    {
        var since = _floors.Changes;

        _floors.Raise(CacheTags.Everything, new(5));

        Assert.Null(_floors.FloorSince(null, since, Now));
    }

    [Fact]
    public void FloorSince_TagLearnedSinceTheStart_DependsOnWhenItWasInvalidated()
    {
        var since = _floors.Changes;
        _floors.Learn("before", Stamp.Next(Now.AddMilliseconds(-1), Stamp.None));
        _floors.Learn("perhaps", Stamp.Next(Now, Stamp.None));

        Assert.Equal(_floors.FloorOf(["before"]), _floors.FloorSince(["before"], since, Now));
        Assert.Null(_floors.FloorSince(["perhaps"], since, Now));
    }

    [Fact]
    public void TakeUsed_ReturnsEachUsedKnownTagOnce()
    {
        _floors.Learn("a", Stamp.None);
        _floors.Learn("b", Stamp.None);
        _floors.IsInvalidated(["a", "unknown"], new(1));
        _floors.Raise("a", new(5));

        Assert.Equal(["a"], _floors.TakeUsed());
        Assert.Empty(_floors.TakeUsed());
    }

    [Fact]
    public void IsInvalidated_AllocatesNothing()
    {
        string[] tags = ["known", "met", "unknown"];
        _floors.Learn("known", new(3));
        _floors.Meet(["met"]);
        var isInvalidated = _floors.IsInvalidated(tags, new(4));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            isInvalidated |= _floors.IsInvalidated(tags, new(4)) || _floors.IsInvalidated(null, new(4));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.False(isInvalidated);
    }

    [Fact]
    public void Meet_NewTag_IsRememberedButNotKnown()
    {
        _floors.Learn(CacheTags.Everything, Stamp.None);
        _floors.Learn("known", new(3));

        _floors.Meet(["known", "met"]);

        Assert.False(_floors.Knows(["met"]));
        Assert.Equal(new Stamp(3), _floors.FloorOf(["known", "met"]));
        Assert.Empty(_floors.TakeUsed());
        _floors.IsInvalidated(["known", "met"], new(4));
        Assert.Equal(["known", "met"], _floors.TakeUsed().Order());
        Assert.False(_floors.Learn("met", new(4)));
        Assert.True(_floors.Knows(["met"]));
    }

    [Fact]
    public void Raise_BeyondTheCapacity_ForgetsTheLowestAndKeepsTheirFloor()
    {
        var floors = new TagFloors(capacity: 4);
        foreach (var stamp in Enumerable.Range(1, 5))
        {
            floors.Raise($"{stamp}", new(stamp));
        }

        Assert.False(floors.TryGet("1", out _));
        Assert.False(floors.TryGet("2", out _));
        Assert.True(floors.IsInvalidated(["1"], new(2)));
        Assert.False(floors.IsInvalidated(["1"], new(3)));
        Assert.True(floors.IsInvalidated(["5"], new(5)));
        Assert.False(floors.IsInvalidated(null, new(1)));

        floors.Learn("1", new(1));
        Assert.False(floors.IsInvalidated(["1"], new(2)));
    }
}
