using CacheOrleans.Bench.Harness;
using CacheOrleans.Bench.Stage;
using CacheOrleans.Client;
using StackExchange.Redis;

namespace CacheOrleans.Bench.Owner;

/// <summary>Reads of 1024 values that the owner has in memory, and what they are held against.</summary>
internal static class Readers
{
    public const int Keys = 1024;

    private static readonly string[] Texts =
        [.. Enumerable.Range(0, Keys).Select(id => Products.Bytes.Key(id).Text)];

    private static readonly EntryRequest Request = new(EntryDemand.Leased, TimeSpan.FromMilliseconds(50));

    /// <summary>The grain that anybody may call.</summary>
    public static Contender Entry(IGrainFactory grains, int atOnce) => Contender.Of(
        $"ICacheEntryGrain.GetAsync ×{atOnce}",
        atOnce,
        async i => Payload.Check((await grains.GetGrain<ICacheEntryGrain>(Texts[i % Keys]).GetAsync()).Value));

    /// <summary>What the client calls.</summary>
    public static Contender Lease(IGrainFactory grains, int atOnce) => Contender.Of(
        $"ICacheEntryGrain.GetOrLeaseAsync ×{atOnce}",
        atOnce,
        async i => Payload.Check(
            (await grains.GetGrain<ICacheEntryGrain>(Texts[i % Keys]).GetOrLeaseAsync(Request)).Value));

    public static Contender Bare(IGrainFactory grains, int atOnce) => Contender.Of(
        $"bare grain call ×{atOnce}",
        atOnce,
        async i => Payload.Check((await grains.GetGrain<IBareGrain>(Texts[i % Keys]).GetAsync()).Value));

    /// <summary>The client, which keeps no copy, so that each read reaches the owner.</summary>
    public static Contender Client(ICacheClient client, int atOnce)
    {
        var options = new CacheCallOptions { NearLease = TimeSpan.Zero };
        return Contender.Of(
            $"ICacheClient, no copy kept ×{atOnce}",
            atOnce,
            async i => Payload.Check(await client.GetWithFallbackAsync(
                Products.Bytes, i % Keys, 0, static (_, _) => new ValueTask<byte[]?>([]), options)));
    }

    public static Contender Redis(IDatabase redis, int atOnce) => Contender.Of(
        $"Redis GET ×{atOnce}",
        atOnce,
        async i => Payload.Check((byte[]?)await redis.StringGetAsync(Texts[i % Keys])));

    /// <summary>Puts the values where they are read.</summary>
    public static async Task FillAsync(IGrainFactory grains, IDatabase redis)
    {
        foreach (var text in Texts)
        {
            await grains.GetGrain<ICacheEntryGrain>(text).SetAsync(new CacheWrite(Payload.Bytes));
            await redis.StringSetAsync(text, Payload.Bytes);
        }
    }
}
