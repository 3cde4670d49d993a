using CacheOrleans.Definitions;

namespace CacheOrleans.Core.Tests.Definitions;

public sealed class CacheLabelsTests
{
    [Fact]
    public void Of_ManyUnknownCaches_KnownCachesKeepTheirNames()
    {
        string[] known = [.. Enumerable.Range(0, 3000).Select(i => $"known{i}")];
        var labels = new CacheLabels(known);

        string[] others = [.. Enumerable.Range(0, 10_000).Select(i => labels.Of($"other{i}"))];

        Assert.True(labels.IsFull);
        Assert.Equal(known, known.Select(labels.Of));
        Assert.Equal(
            Enumerable.Range(0, CacheLabels.MaxOthers).Select(i => $"other{i}"), others[..CacheLabels.MaxOthers]);
        Assert.All(others[CacheLabels.MaxOthers..], label => Assert.Equal(CacheLabels.Rest, label));
        Assert.Equal(others, Enumerable.Range(0, 10_000).Select(i => labels.Of($"other{i}"))); // labels never change
        Assert.Throws<ArgumentException>(() => new CacheDefinition(CacheLabels.Rest, "{id}", TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void Of_NewCachesConcurrently_NamesNoMoreThanTheMaximum()
    {
        var labels = new CacheLabels([]);
        var shown = new HashSet<string>();

        Parallel.For(0, 4 * CacheLabels.MaxOthers, i =>
        {
            var label = labels.Of($"other{i / 2}");
            lock (shown)
            {
                shown.Add(label);
            }
        });

        Assert.InRange(shown.Count, 2, CacheLabels.MaxOthers + 1);
    }
}
