using CacheOrleans.Grains.Tags;

namespace CacheOrleans.Grains.Tests.Tags;

public sealed class TagHolderTests
{
    private readonly TagHolder _holder = new();

    [Fact]
    public void Holds_SeveralLeases_LastsUntilTheLongestEnds()
    {
        Assert.True(_holder.TryExtend(now: 1000, lease: 800, isTagged: true));
        Assert.True(_holder.TryExtend(now: 1100, lease: 80, isTagged: false));

        Assert.True(_holder.Holds(now: 1799, isTagged: true));
        Assert.True(_holder.Holds(now: 1799, isTagged: false));
        Assert.False(_holder.Holds(now: 1900, isTagged: true));
    }

    [Fact]
    public void Holds_OnlyUntaggedCopies_IsFalseForTagged()
    {
        _holder.TryExtend(now: 1000, lease: 800, isTagged: false);

        Assert.False(_holder.Holds(now: 1001, isTagged: true));
        Assert.True(_holder.Holds(now: 1001, isTagged: false));
    }

    [Fact]
    public void TryForget_AfterTheLease_ForgetsForGood()
    {
        _holder.TryExtend(now: 1000, lease: 800, isTagged: true);

        Assert.False(_holder.TryForget(now: 1799));
        Assert.True(_holder.TryForget(now: 1900));
        Assert.False(_holder.TryExtend(now: 1900, lease: 800, isTagged: true));
        Assert.False(_holder.Holds(now: 1901, isTagged: false));
    }
}
