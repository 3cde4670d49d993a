using CacheOrleans.Definitions;
using CacheOrleans.Entries;
using CacheOrleans.Loading;
using CacheOrleans.Storage;
using CacheOrleans.Tags;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Core.Tests.Entries;

public sealed class LeaseBookTests
{
    private static readonly TimeSpan Length = LeaseBook<string>.Length;
    private readonly FakeTimeProvider _time = new();
    private readonly TagFloors _floors = new();
    private readonly EntryMemory _memory;
    private readonly LeaseBook<string> _book;

    public LeaseBookTests()
    {
        _memory = new(new CacheDefinition("user", "user:{id}", TimeSpan.FromMinutes(5)), _time, _floors);
        _book = new(_memory, _time);
    }

    [Fact]
    public void TryGrant_WhileOneIsCurrent_IsRefused()
    {
        var first = Grant("first");
        _time.Advance(Length - TimeSpan.FromTicks(1));

        Assert.False(_book.TryGrant(Guid.NewGuid(), null, "second", out _));
        Assert.Same(first, _book.Current);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(_book.Current);
        Assert.Equal("second", Grant("second").Outcome);
        Assert.True(first.IsReplaced);
        Assert.False(_book.Renew(first.Id));
    }

    [Fact]
    public void TryEnd_ReplacedLease_EndsItAndKnowsOfTheNewerValue()
    {
        var late = Grant("late");
        _time.Advance(Length);
        var second = Grant("second");
        Assert.False(_memory.IsNewerThan(late.Start));
        _memory.Keep(second.Start, LoadResult.Found([2]));

        Assert.True(_book.TryEnd(late.Id, out var ended));
        Assert.True(ended.IsReplaced && _memory.IsNewerThan(ended.Start));
    }

    [Fact]
    public void ExpiredLeases_AreRememberedUpToABound()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 20; i++)
        {
            ids.Add(Grant($"lease {i}").Id);
            _time.Advance(Length);
        }

        Assert.Equal(9, ids.Count(id => _book.TryEnd(id, out _)));
    }

    [Fact]
    public void Invalidation_OfOneOfItsTags_DetachesTheLease()
    {
        var lease = Grant("tagged", ["red"]);
        _floors.Raise("blue", Stamp.Next(_time.GetUtcNow(), Stamp.None));
        Assert.Same(lease, _book.Current);
        Assert.True(_book.Renew(lease.Id));

        _floors.Raise("red", Stamp.Next(_time.GetUtcNow(), Stamp.None));

        Assert.Null(_book.Current);
        Assert.False(_book.Renew(lease.Id));
        Assert.Equal("next", Grant("next", ["red"]).Outcome);
        Assert.True(_book.TryEnd(lease.Id, out _));
    }

    [Fact]
    public void Renew_GivesTheFullLength()
    {
        var lease = Grant("first");
        _time.Advance(Length / 2);
        Assert.True(_book.Renew(lease.Id));

        Assert.Equal(Length, _book.TimeLeft(lease));
        Assert.False(_book.Renew(Guid.NewGuid()));
    }

    [Fact]
    public void Renew_ExpiredButNotReplaced_RevivesTheLease()
    {
        var lease = Grant("first");
        _time.Advance(Length * 3);
        Assert.Equal(TimeSpan.Zero, _book.LongestLeft);

        Assert.True(_book.Renew(lease.Id));

        Assert.False(_book.TryGrant(Guid.NewGuid(), null, "second", out _));
    }

    [Fact]
    public void Set_WhileALeaseIsCurrent_DetachesTheLeaseWithoutEndingIt()
    {
        var detached = Grant("first");
        _memory.Set([1], null);
        Assert.Null(_book.Current);
        var second = Grant("second");
        _time.Advance(Length / 2);
        Assert.False(_book.Renew(detached.Id)); // no later caller may share it, but it continues

        Assert.Equal(Length, _book.LongestLeft);
        Assert.Same(second, _book.Current);
        Assert.True(_book.TryEnd(detached.Id, out var ended));
        Assert.False(_memory.IsCurrent(ended.Start));
        Assert.False(_book.TryEnd(detached.Id, out _));
        Assert.True(_book.TryEnd(second.Id, out ended));
        Assert.True(_memory.IsCurrent(ended.Start));
    }

    [Fact]
    public void TryGrant_DetachedLeasesHaveExpired_ForgetsThem()
    {
        var detached = Grant("first");
        _memory.Remove();
        _time.Advance(Length);
        Grant("second");

        Assert.False(_book.Renew(detached.Id));
    }

    private LoadLease<string> Grant(string outcome, string[]? tags = null)
    {
        Assert.True(_book.TryGrant(Guid.NewGuid(), tags, outcome, out var lease));
        return lease;
    }
}
