using CacheOrleans.Definitions;
using CacheOrleans.Entries;
using CacheOrleans.Loading;
using CacheOrleans.Storage;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Core.Tests.Entries;

public sealed class EntryMemoryTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000));
    private readonly EntryMemory _memory;

    public EntryMemoryTests() =>
        _memory = new(new CacheDefinition("user", "user:{id}", TimeSpan.FromMinutes(5)), _time, new());

    [Fact]
    public void Reject_LaterTombstoneWasReadBefore_DropsTheValue()
    {
        var start = _memory.BeginLoad();
        var mine = _memory.Set([1], null);
        var later = new Stamp(mine.Stamp.Value + 10);
        Assert.False(_memory.TryAccept(start, new(null, later, _time.GetUtcNow(), _time.GetUtcNow().AddMinutes(5))));

        _memory.Reject(later);

        Assert.Null(_memory.Fresh);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Inherit_LaterRecord_ReplacesEverythingOlder(bool isRemove)
    {
        var loading = _memory.BeginLoad();
        var mine = _memory.Set([1], null);
        var now = _time.GetUtcNow();
        var theirs = new StoreRecord(isRemove ? null : [2], new Stamp(mine.Stamp.Value + 10), now, now.AddMinutes(1));

        Assert.True(_memory.TakeOver(theirs));

        Assert.Equal(theirs.Value, _memory.Fresh?.Value);
        Assert.False(_memory.IsCurrent(loading));
        Assert.False(_memory.TryAccept(_memory.BeginLoad(), mine));
        Assert.True(_memory.Set([3], null).Stamp > theirs.Stamp);
        Assert.False(_memory.TakeOver(theirs));
        Assert.Equal([3], _memory.Fresh!.Value);
    }

    [Fact]
    public void RemoveUntil_IsTheLongestLifeUpToADay()
    {
        var now = _time.GetUtcNow();
        Assert.Equal(now.AddMinutes(5), _memory.RemoveUntil());
        Assert.Equal(now.AddMinutes(9), _memory.RemoveUntil(TimeSpan.FromMinutes(9)));
        _memory.Set([1], TimeSpan.FromHours(2));
        Assert.Equal(now.AddHours(2), _memory.RemoveUntil());
        _memory.Set([1], TimeSpan.FromDays(3));
        Assert.Equal(now.AddDays(1), _memory.RemoveUntil());
    }

    [Fact]
    public void Reject_LaterSetExists_KeepsTheLaterSet()
    {
        var first = _memory.Set([1], null);
        var second = _memory.Set([2], null);

        _memory.Reject(first.Stamp);

        Assert.Equal(second.Stamp, _memory.Fresh!.Stamp);
    }

    [Fact]
    public void Keep_AfterReject_KeepsNothing()
    {
        var start = _memory.BeginLoad();
        _memory.Reject(new(1_800_000_000_005));

        Assert.Null(_memory.Keep(start, LoadResult.Found([1])));
        Assert.Null(_memory.Fresh);
        Assert.True(_memory.Set([2], null).Stamp > new Stamp(1_800_000_000_005));
    }
}
