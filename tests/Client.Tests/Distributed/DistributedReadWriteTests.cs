using System.Buffers;
using System.Runtime.CompilerServices;
using CacheOrleans.Client.Tests.Adapters;
using Microsoft.Extensions.Caching.Distributed;

namespace CacheOrleans.Client.Tests.Distributed;

public sealed class DistributedReadWriteTests(DistributedSubjects subjects) : IClassFixture<DistributedSubjects>
{
    private static readonly DistributedCacheEntryOptions Forever = new();
    private static readonly CancellationToken Canceled = new(canceled: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Both]
    public async Task Get_MissingKey_ReturnsNull(Implementation implementation)
    {
        var cache = subjects.Cache(implementation);
        var buffer = new ArrayBufferWriter<byte>();

        Assert.Null(await cache.GetAsync(Key(), Cancellation));
        Assert.Null(cache.Get(Key()));
        Assert.False(await cache.TryGetAsync(Key(), buffer, Cancellation));
        Assert.False(cache.TryGet(Key(), buffer));
        Assert.Equal(0, buffer.WrittenCount);
    }

    [Theory, Both]
    public async Task Set_ThenGet_ReturnsTheBytes(Implementation implementation)
    {
        var cache = subjects.Cache(implementation);
        foreach (var value in new byte[][] { [], [0], [1, 2, 3], [.. Enumerable.Repeat((byte)7, 500_000)] })
        {
            var key = Key();
            await cache.SetAsync(key, value, Forever, Cancellation);
            Assert.Equal(value, await cache.GetAsync(key, Cancellation));

            cache.Set(key + "s", value, Forever);
            Assert.Equal(value, cache.Get(key + "s"));
        }
    }

    [Theory, Both]
    public async Task Set_Again_ReplacesTheValue(Implementation implementation)
    {
        var (cache, key) = (subjects.Cache(implementation), Key());

        await cache.SetAsync(key, [1], Forever, Cancellation);
        cache.Set(key, [2], Forever);

        Assert.Equal([2], await cache.GetAsync(key, Cancellation));
    }

    [Theory, Both]
    public async Task Set_SequenceOfSegments_StoresAllOfIt(Implementation implementation)
    {
        var (cache, key) = (subjects.Cache(implementation), Key());
        var first = new Segment([1, 2], null);
        var last = new Segment([3], new Segment([], first));
        var sequence = new ReadOnlySequence<byte>(first, 0, last, 1);

        await cache.SetAsync(key, sequence, Forever, Cancellation);
        cache.Set(key + "s", sequence.Slice(1), Forever);

        Assert.Equal([1, 2, 3], await cache.GetAsync(key, Cancellation));
        Assert.Equal([2, 3], cache.Get(key + "s"));
    }

    [Theory, Both]
    public async Task TryGet_AppendsToTheBuffer(Implementation implementation)
    {
        var (cache, key) = (subjects.Cache(implementation), Key());
        await cache.SetAsync(key, [1, 2], Forever, Cancellation);
        var buffer = new ArrayBufferWriter<byte>();

        Assert.True(await cache.TryGetAsync(key, buffer, Cancellation));
        Assert.True(cache.TryGet(key, buffer));

        Assert.Equal([1, 2, 1, 2], buffer.WrittenSpan.ToArray());
    }

    [Theory, Both]
    public async Task Arrays_AreNeverShared(Implementation implementation)
    {
        var (cache, key) = (subjects.Cache(implementation), Key());
        byte[] value = [1, 2];

        await cache.SetAsync(key, value, Forever, Cancellation);
        value[0] = 9;
        var read = await cache.GetAsync(key, Cancellation);
        read![1] = 9;

        Assert.Equal([9, 2], value);
        Assert.Equal([1, 2], await cache.GetAsync(key, Cancellation));
        Assert.Equal([1, 2], cache.Get(key));
    }

    [Theory, Both]
    public async Task Remove_EndsTheValue(Implementation implementation)
    {
        var (cache, key) = (subjects.Cache(implementation), Key());
        await cache.SetAsync(key, [1], Forever, Cancellation);
        await cache.SetAsync(key + "s", [1], Forever, Cancellation);

        await cache.RemoveAsync(key, Cancellation);
        cache.Remove(key + "s");

        Assert.Null(await cache.GetAsync(key, Cancellation));
        Assert.Null(await cache.GetAsync(key + "s", Cancellation));
    }

    [Theory, Both]
    public async Task RemoveAndRefresh_MissingKey_DoNothing(Implementation implementation)
    {
        var cache = subjects.Cache(implementation);

        await cache.RemoveAsync(Key(), Cancellation);
        cache.Remove(Key());
        await cache.RefreshAsync(Key(), Cancellation);
        cache.Refresh(Key());
    }

    [Theory, Both]
    public async Task Keys_MayBeAnyText(Implementation implementation)
    {
        var cache = subjects.Cache(implementation);
        string[] keys =
        [
            "", " ", "a b", "a:b", "a/b?c=d&e#f%20", "line\nbreak", "nul\0", "\u0001", "delete\u007f", "서울", "🚆", "*",
            new('k', 1025), new('k', 20_000), new('서', 3_000),
        ];
        for (var i = 0; i < keys.Length; i++)
        {
            await cache.SetAsync(keys[i], [(byte)i], Forever, Cancellation);
        }

        for (var i = 0; i < keys.Length; i++)
        {
            Assert.Equal((byte)i, Assert.Single((await cache.GetAsync(keys[i], Cancellation))!));
            await cache.RefreshAsync(keys[i], Cancellation);
            await cache.RemoveAsync(keys[i], Cancellation);
            Assert.Null(await cache.GetAsync(keys[i], Cancellation));
        }
    }

    [Theory, Both]
    public async Task Keys_DifferentInCase_AreDistinct(Implementation implementation)
    {
        var (cache, key) = (subjects.Cache(implementation), Key());

        await cache.SetAsync(key + "a", [1], Forever, Cancellation);

        Assert.Null(await cache.GetAsync(key + "A", Cancellation));
    }

    [Theory, Both]
    public async Task Arguments_Null_AreRefused(Implementation implementation)
    {
        var cache = subjects.Cache(implementation);
        var buffer = new ArrayBufferWriter<byte>();

        await AssertKeyAsync(() => cache.GetAsync(null!, Cancellation));
        await AssertKeyAsync(() => cache.SetAsync(null!, [], Forever, Cancellation));
        await AssertKeyAsync(() => cache.RefreshAsync(null!, Cancellation));
        await AssertKeyAsync(() => cache.RemoveAsync(null!, Cancellation));
        await AssertKeyAsync(() => cache.TryGetAsync(null!, buffer, Cancellation).AsTask());
        Assert.Throws<ArgumentNullException>("key", () => cache.Get(null!));
        Assert.Throws<ArgumentNullException>("key", () => cache.Set(null!, [], Forever));
        Assert.Throws<ArgumentNullException>("key", () => cache.Refresh(null!));
        Assert.Throws<ArgumentNullException>("key", () => cache.Remove(null!));
        Assert.Throws<ArgumentNullException>("options", () => cache.Set(Key(), [], null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => cache.SetAsync(Key(), null!, Forever, Cancellation));
        await Assert.ThrowsAsync<ArgumentNullException>(
            "options", () => cache.SetAsync(Key(), [1], null!, Cancellation));

        static Task AssertKeyAsync(Func<Task> call) => Assert.ThrowsAsync<ArgumentNullException>("key", call);
    }

    [Theory, Both]
    public async Task Calls_ByACanceledCaller_AreRefused(Implementation implementation)
    {
        var (cache, key) = (subjects.Cache(implementation), Key());
        await cache.SetAsync(key, [1], Forever, Cancellation);

        await AssertAsync(() => cache.GetAsync(key, Canceled));
        await AssertAsync(() => cache.TryGetAsync(key, new ArrayBufferWriter<byte>(), Canceled).AsTask());
        await AssertAsync(() => cache.SetAsync(key, [2], Forever, Canceled));
        await AssertAsync(() => cache.RefreshAsync(key, Canceled));
        await AssertAsync(() => cache.RemoveAsync(key, Canceled));
        Assert.Equal([1], await cache.GetAsync(key, Cancellation));

        static Task AssertAsync(Func<Task> call) => Assert.ThrowsAnyAsync<OperationCanceledException>(call);
    }

    private static string Key([CallerMemberName] string test = "") => $"{test}:{Guid.NewGuid():N}";

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] bytes, Segment? before)
        {
            Memory = bytes;
            if (before is not null)
            {
                RunningIndex = before.RunningIndex + before.Memory.Length;
                before.Next = this;
            }
        }
    }
}
