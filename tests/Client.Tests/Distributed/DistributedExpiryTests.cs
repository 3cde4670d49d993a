using System.Runtime.CompilerServices;
using CacheOrleans.Client.Tests.Adapters;
using CacheOrleans.Testing;
using Microsoft.Extensions.Caching.Distributed;

namespace CacheOrleans.Client.Tests.Distributed;

public sealed class DistributedExpiryTests(DistributedSubjects subjects) : IClassFixture<DistributedSubjects>
{
    /// <summary>Microsoft's implementation rounds to seconds.</summary>
    private static readonly TimeSpan Brief = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);
    private static readonly TimeProvider Time = TimeProvider.System;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Both]
    public async Task Absolute_Passed_EndsTheValue(Implementation implementation)
    {
        var cache = subjects.Cache(implementation);
        var (date, relative, both) = (Key(), Key(), Key());

        await cache.SetAsync(date, [1], new() { AbsoluteExpiration = Time.GetUtcNow() + Brief }, Cancellation);
        await cache.SetAsync(relative, [1], new() { AbsoluteExpirationRelativeToNow = Brief }, Cancellation);
        await cache.SetAsync(
            both,
            [1],
            new() { AbsoluteExpiration = Time.GetUtcNow() + Long, AbsoluteExpirationRelativeToNow = Brief },
            Cancellation);

        foreach (var key in new[] { date, relative, both })
        {
            Assert.Equal([1], await cache.GetAsync(key, Cancellation));
        }

        foreach (var key in new[] { date, relative, both })
        {
            await Eventually.TrueAsync(
                async () => await cache.GetAsync(key, Cancellation) is null, "the value has expired");
        }
    }

    [Theory, Both]
    public async Task Absolute_RelativeTimeAfterTheDate_OverridesTheDate(Implementation implementation)
    {
        var cache = subjects.Cache(implementation);
        var (key, brief) = (Key(), Key());

        await cache.SetAsync(
            key,
            [1],
            new() { AbsoluteExpiration = Time.GetUtcNow() + Brief, AbsoluteExpirationRelativeToNow = Long },
            Cancellation);
        await ExpireAsync(cache, brief);

        Assert.Equal([1], await cache.GetAsync(key, Cancellation));
    }

    [Theory, Both]
    public async Task Absolute_InThePast_IsRefused(Implementation implementation)
    {
        var (cache, key) = (subjects.Cache(implementation), Key());
        var past = new DistributedCacheEntryOptions { AbsoluteExpiration = Time.GetUtcNow() - TimeSpan.FromSeconds(1) };
        var pastToo = new DistributedCacheEntryOptions
        {
            AbsoluteExpiration = past.AbsoluteExpiration,
            AbsoluteExpirationRelativeToNow = Long,
            SlidingExpiration = Long,
        };

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            "AbsoluteExpiration", () => cache.SetAsync(key, [1], past, Cancellation));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            "AbsoluteExpiration", () => cache.SetAsync(key, [1], pastToo, Cancellation));
        Assert.Throws<ArgumentOutOfRangeException>("AbsoluteExpiration", () => cache.Set(key, [1], past));
        Assert.Null(await cache.GetAsync(key, Cancellation));
    }

    [Theory, Both]
    public async Task Sliding_WithoutReads_EndsTheValue(Implementation implementation)
    {
        var cache = subjects.Cache(implementation);
        var (key, brief) = (Key(), Key());

        await cache.SetAsync(key, [1], new() { SlidingExpiration = TimeSpan.FromSeconds(1) }, Cancellation);
        await ExpireAsync(cache, brief);

        Assert.Null(await cache.GetAsync(key, Cancellation));
    }

    [Theory, Both]
    public async Task Sliding_WithReadsOrRefreshes_KeepsTheValue(Implementation implementation)
    {
        var cache = subjects.Cache(implementation);
        var (read, refreshed, synchronous, left) = (Key(), Key(), Key(), Key());
        var sliding = new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromSeconds(4) };
        foreach (var key in new[] { read, refreshed, synchronous, left })
        {
            await cache.SetAsync(key, [1], sliding, Cancellation);
        }

        // Three brief lifetimes are longer than the sliding period.
        for (var i = 0; i < 3; i++)
        {
            await ExpireAsync(cache, Key(), async () =>
            {
                Assert.Equal([1], await cache.GetAsync(read, Cancellation));
                await cache.RefreshAsync(refreshed, Cancellation);
                cache.Refresh(synchronous);
            });
        }

        Assert.Equal([1], await cache.GetAsync(read, Cancellation));
        Assert.Equal([1], await cache.GetAsync(refreshed, Cancellation));
        Assert.Equal([1], await cache.GetAsync(synchronous, Cancellation));
        Assert.Null(await cache.GetAsync(left, Cancellation));
    }

    [Theory, Both]
    public async Task Sliding_WithAnAbsolute_EndsAtTheAbsoluteDespiteReads(Implementation implementation)
    {
        var cache = subjects.Cache(implementation);
        var (date, relative) = (Key(), Key());

        await cache.SetAsync(
            date, [1], new() { SlidingExpiration = Long, AbsoluteExpiration = Time.GetUtcNow() + Brief }, Cancellation);
        await cache.SetAsync(
            relative, [1], new() { SlidingExpiration = Long, AbsoluteExpirationRelativeToNow = Brief }, Cancellation);

        foreach (var key in new[] { date, relative })
        {
            await Eventually.TrueAsync(
                async () => await cache.GetAsync(key, Cancellation) is null, "the value has expired");
        }
    }

    [Theory, Both]
    public async Task Refresh_WithoutSlidingExpiration_ExtendsNothing(Implementation implementation)
    {
        var (cache, key) = (subjects.Cache(implementation), Key());

        await cache.SetAsync(key, [1], new() { AbsoluteExpirationRelativeToNow = Brief }, Cancellation);

        await Eventually.TrueAsync(
            async () =>
            {
                await cache.RefreshAsync(key, Cancellation);
                return await cache.GetAsync(key, Cancellation) is null;
            },
            "the value has expired");
    }

    [Theory, Both]
    public async Task Set_Again_UsesOnlyTheNewExpiry(Implementation implementation)
    {
        var cache = subjects.Cache(implementation);
        var (shorter, longer, brief) = (Key(), Key(), Key());
        var sliding = new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromSeconds(1) };

        await cache.SetAsync(longer, [1], sliding, Cancellation);
        await cache.SetAsync(longer, [2], new() { AbsoluteExpirationRelativeToNow = Long }, Cancellation);
        await cache.SetAsync(shorter, [1], new() { AbsoluteExpirationRelativeToNow = Long }, Cancellation);
        await cache.SetAsync(shorter, [2], sliding, Cancellation);
        await ExpireAsync(cache, brief);

        Assert.Equal([2], await cache.GetAsync(longer, Cancellation));
        Assert.Null(await cache.GetAsync(shorter, Cancellation));
    }

    [Theory, Both]
    public async Task Expiry_OfAHundredYears_IsAccepted(Implementation implementation)
    {
        var cache = subjects.Cache(implementation);
        var century = TimeSpan.FromDays(36500);
        foreach (var options in new DistributedCacheEntryOptions[]
        {
            new() { AbsoluteExpirationRelativeToNow = century },
            new() { AbsoluteExpiration = Time.GetUtcNow() + century },
            new() { SlidingExpiration = century },
        })
        {
            var key = Key();
            await cache.SetAsync(key, [1], options, Cancellation);
            Assert.Equal([1], await cache.GetAsync(key, Cancellation));
        }
    }

    /// <summary>Sets a value with a brief lifetime and waits until it has expired.</summary>
    private static async Task ExpireAsync(IDistributedCache cache, string key, Func<Task>? meanwhile = null)
    {
        await cache.SetAsync(key, [1], new() { AbsoluteExpirationRelativeToNow = Brief }, Cancellation);
        await Eventually.TrueAsync(
            async () =>
            {
                await (meanwhile?.Invoke() ?? Task.CompletedTask);
                return await cache.GetAsync(key, Cancellation) is null;
            },
            "a brief value has expired");
    }

    private static string Key([CallerMemberName] string test = "") => $"{test}:{Guid.NewGuid():N}";
}
