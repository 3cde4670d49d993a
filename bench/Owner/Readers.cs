using CacheOrleans.Bench.Harness;
using CacheOrleans.Bench.Stage;
using CacheOrleans.Client;
using StackExchange.Redis;

namespace CacheOrleans.Bench.Owner;

/// <summary>Reads of 1024 values that the owner has in memory, and the calls they are compared with.</summary>
internal static class Readers
{
    public const int Keys = 1024;

    private static readonly string[] Texts =
        [.. Enumerable.Range(0, Keys).Select(id => Products.Bytes.Key(id).Text)];

    private static readonly EntryRequest Request = new(EntryDemand.Leased, TimeSpan.FromMilliseconds(50));

    /// <summary>Reads through the grain that any caller may use.</summary>
    public static Contender Entry(IGrainFactory grains, int atOnce) => Contender.Of(
        $"ICacheEntryGrain.GetAsync ×{atOnce}",
        atOnce,
        async i => Payload.Check((await grains.GetGrain<ICacheEntryGrain>(Texts[i % Keys]).GetAsync()).Value));

    /// <summary>Reads through the method that the client calls.</summary>
    public static Contender Lease(IGrainFactory grains, int atOnce) => Contender.Of(
        $"ICacheEntryGrain.GetOrLeaseAsync ×{atOnce}",
        atOnce,
        async i => Payload.Check(
            (await grains.GetGrain<ICacheEntryGrain>(Texts[i % Keys]).GetOrLeaseAsync(Request)).Value));

    public static Contender Bare(IGrainFactory grains, int atOnce) => Contender.Of(
        $"bare grain call ×{atOnce}",
        atOnce,
        async i => Payload.Check((await grains.GetGrain<IBareGrain>(Texts[i % Keys]).GetAsync()).Value));

    /// <summary>Reads through a client that keeps no copies, so that each read reaches the owner.</summary>
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

    /// <summary>Creates a reference by text, as the first step of each call does.</summary>
    public static Contender ReferenceByText(IGrainFactory grains) => new("GetGrain<T>(text)", operations =>
    {
        for (var i = 0; i < operations; i++)
        {
            Check(i, grains.GetGrain<ICacheEntryGrain>(Texts[i % Keys]));
        }

        return Task.CompletedTask;
    });

    /// <summary>Creates a reference when the types of the grain and its interface are known from an earlier
    /// one.</summary>
    public static Contender ReferenceById(IGrainFactory grains)
    {
        var known = (GrainReference)grains.GetGrain<ICacheEntryGrain>(Texts[0]);
        var (type, of) = (known.GrainId.Type, known.InterfaceType);
        return new("GetGrain(id, interface)", operations =>
        {
            for (var i = 0; i < operations; i++)
            {
                var id = GrainId.Create(type, Texts[i % Keys]);
                Check(i, (ICacheEntryGrain)grains.GetGrain(id, of));
            }

            return Task.CompletedTask;
        });
    }

    /// <summary>Writes the values to the places that they are read from.</summary>
    public static async Task FillAsync(IGrainFactory grains, IDatabase redis)
    {
        foreach (var text in Texts)
        {
            await grains.GetGrain<ICacheEntryGrain>(text).SetAsync(new CacheWrite(Payload.Bytes));
            await redis.StringSetAsync(text, Payload.Bytes);
        }
    }

    private static void Check(int number, ICacheEntryGrain entry)
    {
        if (number % Keys == 0 && entry.GetPrimaryKeyString() != Texts[0])
        {
            throw new InvalidOperationException("A reference points to the wrong grain.");
        }
    }
}
