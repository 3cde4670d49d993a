using CacheOrleans.Bench.Harness;
using CacheOrleans.Bench.Stage;
using CacheOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace CacheOrleans.Bench.Writes;

/// <summary>Measures a write-behind set: how long the caller waits, and what the queue then costs.</summary>
internal sealed class WriteExperiment : IExperiment
{
    private const int Keys = 1024;

    private static readonly string[] Texts =
        [.. Enumerable.Range(0, Keys).Select(id => Products.Bytes.Key(id).Text)];

    private static readonly CacheWrite Write = new(Payload.Bytes);

    public string Group => "write";

    public async Task<IReadOnlyList<Row>> RunAsync(Lab lab)
    {
        var services = (await lab.ClusterAsync()).Silo.Services;
        var grains = services.GetRequiredService<IGrainFactory>();
        var redis = await lab.RedisAsync();
        var drain = new QueueDrain(services.GetRequiredService<IWriteBehind>(), redis);
        return await lab.CompareAsync(
            new("write.set", "write-behind Set inside the silo, the caller's time", Target.Ratio(0.5),
                Contender.Of("ICacheEntryGrain.SetAsync", 1, i => SetAsync(grains, i)) with
                {
                    SettleAsync = () => SettleAsync(grains, redis),
                },
                Contender.Of("Redis SET", 1, i => redis.StringSetAsync(
                    Texts[i % Keys], Payload.Bytes, Products.Bytes.TimeToLive)) with
                {
                    SettleAsync = async () => Payload.Check((byte[]?)await redis.StringGetAsync(Texts[0])),
                }),
            new("write.drain", "one write of the queue's, drained", Target.Ratio(1.3), drain.Queue, drain.Bare));
    }

    private static Task<WriteOutcome> SetAsync(IGrainFactory grains, int number) =>
        grains.GetGrain<ICacheEntryGrain>(Texts[number % Keys]).SetAsync(Write);

    /// <summary>Waits until Redis has all values that were set, and checks that it has the last one.</summary>
    private static async Task SettleAsync(IGrainFactory grains, IDatabase redis)
    {
        var outcome = await grains.GetGrain<ICacheEntryGrain>(Texts[0]).SetAsync(Write with { WriteThrough = true });
        var stored = (byte[]?)await redis.StringGetAsync(
            "cacheorleans:" + Products.Bytes.StoreKey(Products.Bytes.Key(0)));
        if (outcome != WriteOutcome.Applied || stored is null)
        {
            throw new InvalidOperationException("The value that was set is not in Redis.");
        }

        Payload.Check(stored.AsSpan()[^Payload.Bytes.Length..]);
    }
}
