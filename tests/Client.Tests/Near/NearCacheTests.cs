using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Tests.Near;

public sealed class NearCacheTests
{
    private readonly NearTable _table = new();

    [Fact]
    public void Find_BeforeTheCopyExpires_ReturnsIt()
    {
        _table.Keep(1, "one", stamp: 10, TimeSpan.FromSeconds(5));

        _table.Time.Advance(TimeSpan.FromSeconds(4.999));
        Assert.Equal("one", _table.Find(1));
        Assert.Null(_table.Find(2));

        _table.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(_table.Find(1));
    }

    [Fact]
    public void Find_AfterAnInvalidation_IgnoresOlderCopies()
    {
        _table.Keep(1, "one", stamp: 10);
        _table.Keep(2, "two", stamp: 10);

        _table.KeyVersions.Raise(NearTable.Text(1), 10);
        Assert.Equal("one", _table.Find(1));

        _table.KeyVersions.Raise(NearTable.Text(1), 11);
        Assert.Null(_table.Find(1));
        Assert.Equal("two", _table.Find(2));
    }

    [Fact]
    public void Find_AfterATagInvalidation_IgnoresCopiesWithTheTag()
    {
        _table.Keep(1, "one", stamp: 10, tags: ["red", "blue"]);
        _table.Keep(2, "two", stamp: 10, tags: ["blue"]);
        _table.Keep(3, "three", stamp: 10);

        _table.Tags.Raise("red", 9);
        Assert.Equal("one", _table.Find(1));

        _table.Tags.Raise("red", 10);
        Assert.Null(_table.Find(1));
        Assert.Equal("two", _table.Find(2));

        _table.Tags.Raise("*", 10);
        Assert.Null(_table.Find(2));
        Assert.Null(_table.Find(3));

        _table.Keep(1, "again", stamp: 11, tags: ["red"]);
        Assert.Equal("again", _table.Find(1));
    }

    [Fact]
    public void Find_ReplacedCopy_ReturnsTheLaterOne()
    {
        _table.Keep(1, "one", stamp: 10, length: 100);
        _table.Keep(1, "another", stamp: 11, length: 50);

        Assert.Equal("another", _table.Find(1));
        Assert.Equal(1, _table.Cache.Count);
        Assert.InRange(_table.Caches.Bytes, 450, 550);
    }

    [Fact]
    public void Hits_AfterFinds_CountReturnedCopies()
    {
        _table.Keep(1, "one", stamp: 10, TimeSpan.FromSeconds(5));
        _table.Find(1);
        _table.Find(1);
        _table.Find(2);
        _table.Time.Advance(TimeSpan.FromSeconds(5));
        _table.Find(1);

        Assert.Equal(2, _table.Cache.Hits);
    }

    [Fact]
    public void Put_OverTheEntryLimit_DropsTheLeastRecentlyUsed()
    {
        for (var key = 0; key < 1000; key++)
        {
            _table.Keep(key, "value", stamp: 10);
            _table.Find(0);
        }

        Assert.InRange(_table.Cache.Count, 90, 101);
        Assert.Equal("value", _table.Find(0));
        Assert.Null(_table.Find(1));
        Assert.Equal(_table.Cache.Bytes, _table.Caches.Bytes);
        Assert.InRange(_table.Caches.Bytes, 90 * 400, 101 * 500);
    }

    [Fact]
    public void Put_OverTheByteLimit_DropsFromTheLargestCache()
    {
        var table = new NearTable(bytes: 100_000);
        var other = table.Caches.Make<int>((_, _) => { })!;
        var keyVersion = table.KeyVersions.Acquire("other/v1?id=1");
        var validity = new CopyValidity(keyVersion, Stamp: 1, Tags: null, ExpiresAt: long.MaxValue);
        table.Caches.Put(
            other, 1, new NearEntry<int>(CachedValue<int>.Shared(1, 4), validity, table.Tags.Epoch, "other/v1?id=1"));
        for (var key = 0; key < 90; key++)
        {
            table.Keep(key, "value", stamp: 10, length: 5000);
            Assert.InRange(table.Caches.Bytes, 0, 100_000);
        }

        Assert.InRange(table.Cache.Count, 10, 20);
        Assert.NotNull(other.Find(1));
        Assert.Equal(table.Caches.Bytes, table.Cache.Bytes + other.Bytes);
    }

    [Fact]
    public void Put_CopyOverAQuarterOfTheBytes_IsNotKept()
    {
        var table = new NearTable(bytes: 100_000);
        table.Keep(1, "small", stamp: 10, length: 20_000);
        table.Keep(2, "large", stamp: 10, length: 25_000);

        Assert.NotNull(table.Find(1));
        Assert.Null(table.Find(2));
    }

    [Fact]
    public void Put_FromManyThreads_CountsEveryByte()
    {
        Parallel.For(0, 8, thread =>
        {
            for (var i = 0; i < 2000; i++)
            {
                var key = ((i * 7) + thread) % 150;
                _table.Keep(key, "value", stamp: 10 + i, length: i % 100);
                if (i % 100 == 0)
                {
                    _table.KeyVersions.Raise(NearTable.Text(key), 11 + i);
                    _table.Caches.Sweep();
                }
            }
        });

        Assert.Equal(_table.Cache.Bytes, _table.Caches.Bytes);
        _table.Caches.Close();
        Assert.Equal(0, _table.Caches.Bytes);
        Assert.Equal(0, _table.Cache.Count);
    }

    [Fact]
    public void Sweep_ExpiredAndInvalidatedCopies_DropsThem()
    {
        _table.Keep(1, "short", stamp: 10, TimeSpan.FromSeconds(5));
        _table.Keep(2, "long", stamp: 10, TimeSpan.FromSeconds(9));
        _table.Keep(3, "removed", stamp: 10, TimeSpan.FromSeconds(9));
        _table.KeyVersions.Raise(NearTable.Text(3), 11);

        _table.Time.Advance(TimeSpan.FromSeconds(6));
        _table.Caches.Sweep();

        Assert.Equal(1, _table.Cache.Count);
        Assert.Equal("long", _table.Find(2));
    }

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(10, 0)]
    public void Make_WithoutRoom_ReturnsNull(int entries, long bytes)
    {
        var table = new NearCaches(new NearLimits(entries, bytes), _table.Time, _table.Tags, new(0, new Random(1)));
        Assert.Null(table.Make<int>((_, _) => { }));
    }

    [Fact]
    public void Find_ManyHits_SamplesOneInSoMany()
    {
        var table = new NearTable(sampleOneIn: 100);
        for (var key = 0; key < 10; key++)
        {
            table.Keep(key, "value", stamp: 10);
        }

        for (var i = 0; i < 100_000; i++)
        {
            table.Find(i % 10); // a fixed order, whose length divides the mean gap
        }

        Assert.InRange(table.Sampled.Count, 900, 1100);
        Assert.Equal(10, table.Sampled.Distinct().Count());
    }

    [Fact]
    public void Find_SamplingIsOff_SamplesNothing()
    {
        _table.Keep(1, "one", stamp: 10);
        for (var i = 0; i < 100_000; i++)
        {
            _table.Find(1);
        }

        Assert.Empty(_table.Sampled);
    }

    [Fact]
    public void Find_Hit_AllocatesNothing()
    {
        _table.Keep(1, "one", stamp: 10);
        _table.Find(1);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            _table.Cache.Find(1);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
