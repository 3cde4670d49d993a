using CacheOrleans.Client.Tests.Adapters;
using Microsoft.Extensions.Caching.Hybrid;

namespace CacheOrleans.Client.Tests.Hybrid;

public sealed class HybridHitTests(HybridSubjects subjects) : IClassFixture<HybridSubjects>
{
    private static readonly HybridCacheEntryOptions Options = new() { Expiration = TimeSpan.FromMinutes(1) };

    [Fact]
    public async Task Hit_OfACopy_CompletesAtOnceAndAllocatesNothing()
    {
        await using var application = subjects.Start(Implementation.Cluster);
        var (text, number) = (HybridApplication.Key(), HybridApplication.Key());
        await application.KeepAsync(text, "value", Options);
        await application.KeepAsync(number, 7, Options);
        var cache = application.Cache;

        Assert.Equal(0, Allocated(() => Ask(cache, text, "made")));
        Assert.Equal(0, Allocated(() => Ask(cache, number, 8)));
        Assert.Equal("value", Ask(cache, text, "made"));
        Assert.Equal(7, Ask(cache, number, 8));
    }

    private static T Ask<T>(HybridCache cache, string key, T made)
    {
        var call = cache.GetOrCreateAsync(
            key, made, static (made, _) => new ValueTask<T>(made), Options, null, CancellationToken.None);
        return call.IsCompletedSuccessfully ? call.Result : throw new InvalidOperationException("No hit.");
    }

    private static long Allocated<T>(Func<T> call)
    {
        call();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            call();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
