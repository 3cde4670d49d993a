using CacheOrleans.Breaker;
using CacheOrleans.Grains.Entries;
using CacheOrleans.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Simulation.Cluster;

/// <summary>Gives silos of some histories limits that are so low that they are reached.</summary>
internal static class SmallLimits
{
    /// <summary>The most probes that a breaker with low limits permits at a time.</summary>
    public const int MaxProbes = 1;

    public static void AddSmallLimits(this IServiceCollection services)
    {
        services.Limit<CacheEntryOptions>(options => options.MaxCount = 2);
        services.Limit<WriteBehindOptions>(options => (options.Capacity, options.RemoveCapacity) = (1, 1));
        services.Limit<BreakerOptions>(options =>
        {
            (options.FailureThreshold, options.MinimumCaches) = (3, 1);
            (options.BreakDuration, options.MaxBreakDuration) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
            (options.MaxConcurrentProbes, options.ProbesToClose) = (MaxProbes, 2);
        });
    }

    private static void Limit<T>(this IServiceCollection services, Action<T> limit)
        where T : class
    {
        IOptions<T>? usual = null;
        IOptions<T>? small = null;
        services.AddScoped(scope =>
            scope.GetRequiredService<NodeScope>().Node is ClusterNode { World.HasLittleRoom: true }
            ? small ??= Make<T>(scope, limit)
            : usual ??= Make<T>(scope, _ => { }));
    }

    private static IOptions<T> Make<T>(IServiceProvider scope, Action<T> limit)
        where T : class
    {
        var options = scope.GetRequiredService<IOptionsFactory<T>>().Create(Options.DefaultName);
        limit(options);
        return Options.Create(options);
    }
}
