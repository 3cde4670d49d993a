using CacheOrleans.Definitions;
using CacheOrleans.Entries;
using CacheOrleans.Loading;
using CacheOrleans.Storage;
using CacheOrleans.Tags;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Core.Tests.Entries;

public sealed class EntryChecksTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000));
    private readonly TagFloors _floors;
    private readonly EntryMemory _memory;

    public EntryChecksTests()
    {
        _floors = new(time: _time);
        _memory = NewOwner();
    }

    [Fact]
    public void Check_NothingKnown_IsUnknown()
    {
        Assert.Equal(default, _memory.Check(new(5)));
        Assert.Equal(default, _memory.Check(Stamp.None));
        _memory.Observe(new(5));
        Assert.Equal(default, _memory.Check(new(5)));
    }

    [Fact]
    public void Check_ValueThatNothingChanged_IsCurrent()
    {
        var set = _memory.Set([1], null);
        Assert.Equal(new(StampState.Current), _memory.Check(set.Stamp));

        _time.Advance(TimeSpan.FromHours(1)); // it has expired
        Assert.Equal(new(StampState.Current), _memory.Check(set.Stamp));
    }

    [Fact]
    public void Check_ValueThatWasChanged_HasEndedAtItsFirstChange()
    {
        var first = _memory.Set([1], null);
        _time.Advance(Second);
        var second = _memory.Set([2], null);
        _time.Advance(Second);
        var remove = _memory.Remove();
        _time.Advance(Second);

        Assert.Equal(new(StampState.Ended, 2 * Second), _memory.Check(first.Stamp));
        Assert.Equal(new(StampState.Ended, Second), _memory.Check(second.Stamp));
        Assert.Equal(default, _memory.Check(remove.Stamp));
    }

    [Fact]
    public void Check_ValueOfFormerOwner_EndedAtThisOwnersChangeAtTheLatest()
    {
        var former = _memory.Set([1], null);
        _time.Advance(Second);
        var owner = NewOwner();
        Assert.Equal(default, owner.Check(former.Stamp));
        owner.Set([2], null);
        _time.Advance(Second);

        Assert.Equal(new(StampState.EndedEarlier, Second), owner.Check(former.Stamp));
    }

    [Fact]
    public void Check_MoreChangesThanAreRemembered_SaysSoOfOlderValues()
    {
        var first = _memory.Set([1], null);
        for (var i = 0; i < 20; i++)
        {
            _time.Advance(Second);
            _memory.Set([2], null);
        }

        Assert.Equal(new(StampState.EndedEarlier, 9 * Second), _memory.Check(first.Stamp));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Check_ChangeOfAnotherOwner_EndedWhenLearnedAtTheLatest(bool isHandedOver)
    {
        var mine = _memory.Set([1], null);
        var theirs = new Stamp(mine.Stamp.Value + 10);
        if (isHandedOver)
        {
            _memory.TakeOver(new StoreRecord([2], theirs, _time.GetUtcNow(), _time.GetUtcNow().AddMinutes(1)));
        }
        else
        {
            _memory.Reject(theirs);
        }

        _time.Advance(Second);

        Assert.Equal(new(StampState.EndedEarlier, Second), _memory.Check(mine.Stamp));
        Assert.Equal(isHandedOver ? StampState.Current : StampState.Unknown, _memory.Check(theirs).State);
    }

    [Fact]
    public void Check_ValueThatWasLoadedAgain_HasEnded()
    {
        var set = _memory.Set([1], null);
        _time.Advance(Second);
        Assert.NotNull(_memory.Keep(_memory.BeginLoad(), LoadResult.Found([2])));
        _time.Advance(Second);

        Assert.Equal(new(StampState.Ended, Second), _memory.Check(set.Stamp));
        Assert.Equal(new(StampState.Current), _memory.Check(_memory.LastStamp));
    }

    [Theory]
    [InlineData("eu")]
    [InlineData(CacheTags.Everything)]
    public void Check_ValueWhoseTagWasInvalidated_EndedThenAtTheLatest(string tag)
    {
        var set = _memory.Set([1], null, ["eu"]);
        _time.Advance(Second);
        _floors.Raise(tag, Stamp.Next(_time.GetUtcNow(), Stamp.None));
        _time.Advance(Second);
        Assert.Equal(new(StampState.EndedEarlier, Second), _memory.Check(set.Stamp));

        Assert.NotNull(_memory.Keep(_memory.BeginLoad(), LoadResult.Found([2]).WithTags(["eu"])));
        _time.Advance(Second);

        Assert.Equal(new(StampState.EndedEarlier, 2 * Second), _memory.Check(set.Stamp));
        Assert.Equal(new(StampState.Current), _memory.Check(_memory.LastStamp));
    }

    private EntryMemory NewOwner() =>
        new(new CacheDefinition("user", "user:{id}", TimeSpan.FromMinutes(5)), _time, _floors);
}
