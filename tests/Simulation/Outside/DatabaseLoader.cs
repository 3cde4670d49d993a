using System.Globalization;
using System.Text;
using CacheOrleans.Keys;
using CacheOrleans.Loading;
using CacheOrleans.Simulation.Cluster;
using CacheOrleans.Simulation.Histories;

namespace CacheOrleans.Simulation.Outside;

/// <summary>The fallback of a cache that silos have: sometimes slow, failing or hanging.</summary>
internal sealed class DatabaseLoader(SiloNode silo) : ICacheLoader
{
    public async ValueTask<LoadResult> LoadAsync(CacheKey key, CancellationToken cancellationToken)
    {
        var row = new Row(
            Array.IndexOf(Caches.All, Caches.Loaded), int.Parse(key.Parameters[0].Value, CultureInfo.InvariantCulture));
        var (world, random) = (silo.World, silo.Scheduler.Random);
        world.Log($"{silo} loads {row}");
        var load = world.Loads.OnLoading(row, silo);
        var isSuccess = false;
        try
        {
            var version = world.Database[row];
            var lasts = random.Next(12) == 0
                ? Timeout.InfiniteTimeSpan
                : TimeSpan.FromMilliseconds(random.Next(4) == 0 ? random.Next(4000) : random.Next(20));
            await Task.Delay(lasts, silo.Time, cancellationToken);
            if (random.Next(12) == 0)
            {
                throw new IOException("The database is down.");
            }

            isSuccess = true;
            return LoadResult.Found(Encoding.UTF8.GetBytes(Database.Value(row, version))).WithTags([Workload.Tag]);
        }
        finally
        {
            world.Loads.OnLoaded(row, load, isSuccess);
        }
    }
}
