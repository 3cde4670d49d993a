using System.Globalization;
using CacheOrleans.Bench.Harness;
using CacheOrleans.Bench.Stage;
using CacheOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace CacheOrleans.Bench.Cold;

/// <summary>Measures a read of a value that is in Redis but in no silo's memory: an activation, a call, and a
/// GET.</summary>
/// <remarks>Each read has a key of its own, whose value is written to Redis before the clock starts.</remarks>
internal sealed class ColdExperiment : IExperiment
{
    private int _used;

    public string Group => "cold";

    public async Task<IReadOnlyList<Row>> RunAsync(Lab lab)
    {
        var services = (await lab.ClusterAsync()).Silo.Services;
        var redis = await lab.RedisAsync();
        var grains = services.GetRequiredService<IGrainFactory>();
        var store = services.GetRequiredService<IBackingStore>();
        return await lab.CompareAsync(
            new("cold.redis", "grain cold, value in Redis, one caller", Target.Ratio(1.2),
                Entry(grains, store, 1), Bare(grains, redis, 1)),
            new("cold.redis-32", "grain cold, value in Redis, 32 callers", Target.Ratio(1.2),
                Entry(grains, store, 32), Bare(grains, redis, 32)));
    }

    private Contender Entry(IGrainFactory grains, IBackingStore store, int atOnce)
    {
        var first = 0;
        return Contender.Of($"cold entry ×{atOnce}", atOnce, async i =>
        {
            var answer = await grains.GetGrain<ICacheEntryGrain>(Products.Bytes.Key(first + i).Text).GetAsync();
            Payload.Check(answer.Value);
            if (answer.Source != EntrySource.Redis)
            {
                throw new InvalidOperationException($"A cold entry was answered from {answer.Source}.");
            }
        }) with
        {
            PrepareAsync = operations =>
            {
                first = Take(operations);
                return Stored.FillAsync(store, first, operations);
            },
        };
    }

    private Contender Bare(IGrainFactory grains, IDatabase redis, int atOnce)
    {
        var first = 0;
        return Contender.Of(
            $"bare activation, call, GET ×{atOnce}",
            atOnce,
            async i => Payload.Check((await grains.GetGrain<IBareReader>(KeyOf(first + i)).GetAsync()).Value)) with
        {
            PrepareAsync = operations =>
            {
                first = Take(operations);
                return Task.WhenAll(Enumerable.Range(first, operations).Select(id =>
                    redis.StringSetAsync(KeyOf(id), Payload.Bytes, Products.Bytes.TimeToLive)));
            },
        };
    }

    /// <summary>Returns the first of some numbers without keys yet; lower numbers belong to other
    /// experiments.</summary>
    private int Take(int count) => 10_000_000 + Interlocked.Add(ref _used, count) - count;

    private static string KeyOf(int id) => string.Create(CultureInfo.InvariantCulture, $"bytes/v1?id={id}");
}
