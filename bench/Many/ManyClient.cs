using CacheOrleans.Bench.Harness;
using CacheOrleans.Bench.Stage;
using CacheOrleans.Client;
using StackExchange.Redis;

namespace CacheOrleans.Bench.Many;

/// <summary>The part of <see cref="ManyExperiment"/> that runs in a process of its own.</summary>
internal static class ManyClient
{
    public const string Role = "many";
    private const int Batch = 100;

    private static readonly CacheCallOptions NoCopy = new() { NearLease = TimeSpan.Zero };

    public static async Task<object> RunAsync(ClientOrder order)
    {
        await using var application = await Applications.StartConnectedAsync(order.Membership);
        var client = application.Client;
        await using var connection = await ConnectionMultiplexer.ConnectAsync(order.Redis);
        var redis = connection.GetDatabase();
        var batches = Enumerable.Range(0, order.Keys).Chunk(Batch).Where(batch => batch.Length == Batch).ToArray();
        var many = Contender.Of("GetManyWithFallbackAsync", 1, i => ManyAsync(client, batches[i % batches.Length]));
        await ClientProcess.UntilToldAsync();
        return await Comparison.RunAsync(
            order.Pace,
            [
                new("many.one-by-one", $"GetMany of {Batch} owner hits from a client process", Target.Ratio(0.2),
                    many, Contender.Of("one at a time", 1, i => SingleAsync(client, batches[i % batches.Length]))),
                new("many.mget", $"GetMany of {Batch} owner hits from a client process", Target.Reported,
                    many, Contender.Of("Redis MGET", 1, i => MultipleAsync(redis, batches[i % batches.Length]))),
            ]);
    }

    private static async Task ManyAsync(ICacheClient client, int[] keys)
    {
        var values = await client.GetManyWithFallbackAsync(
            Products.Bytes,
            keys,
            static (_, _) => throw new InvalidOperationException("An owner hit has become a miss."),
            NoCopy);
        foreach (var key in keys)
        {
            Payload.Check(values[key]);
        }
    }

    private static async Task SingleAsync(ICacheClient client, int[] keys)
    {
        foreach (var key in keys)
        {
            Payload.Check(await client.GetWithFallbackAsync(
                Products.Bytes, key, 0, static (_, _) => new ValueTask<byte[]?>([]), NoCopy));
        }
    }

    private static async Task MultipleAsync(IDatabase redis, int[] keys)
    {
        var values = await redis.StringGetAsync(
            Array.ConvertAll(keys, key => (RedisKey)Products.Bytes.Key(key).Text));
        foreach (var value in values)
        {
            Payload.Check((byte[]?)value);
        }
    }
}
