using System.Reflection;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;

namespace CacheOrleans.Client.Tests.Blocked;

/// <summary>No call needs the thread of a caller that blocks until it completes.</summary>
public sealed class BlockedCallerTests(BlockedCluster cluster) : IClassFixture<BlockedCluster>
{
    private static int _ids;

    public static MatrixTheoryData<string, BlockedBy> Calls => new(
        [.. BlockedCalls.All.Keys], [BlockedBy.Context, BlockedBy.Scheduler]);

    /// <remarks>The first call finds nothing; at the second call, the owner has the value or there is a copy.</remarks>
    [Theory, MemberData(nameof(Calls))]
    public async Task Call_WhileTheClusterResponds_Returns(string name, BlockedBy by)
    {
        foreach (var subject in cluster.Reachable)
        {
            var id = Interlocked.Increment(ref _ids);
            await BlockedCaller.MakeAsync(by, name, () => BlockedCalls.All[name](subject, id));
            await BlockedCaller.MakeAsync(by, $"{name}, again,", () => BlockedCalls.All[name](subject, id));
        }
    }

    [Theory, MemberData(nameof(Calls))]
    public async Task Call_WhileTheClusterDoesNotRespond_ReturnsOrThrows(string name, BlockedBy by)
    {
        var id = Interlocked.Increment(ref _ids);
        foreach (var subject in cluster.Unreachable)
        {
            await BlockedCaller.MakeAsync(by, name, () =>
            {
                try
                {
                    BlockedCalls.All[name](subject, id);
                }
                catch (CacheUnavailableException)
                {
                    // The calls that need the cluster throw this.
                }
            });
        }
    }

    [Fact]
    public void BlockedCalls_EveryPublicMethod_IsIncluded()
    {
        Type[] types =
        [
            typeof(ICacheClient), typeof(CacheClientExtensions), typeof(CacheClientTextExtensions), typeof(HybridCache),
            typeof(IDistributedCache), typeof(IBufferDistributedCache), typeof(IDirectory),
        ];
        var methods = types
            .SelectMany(type => type.GetMethods(
                BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}")
            .ToHashSet();

        Assert.Equal(methods.Order(), BlockedCalls.All.Keys.Select(name => name.Split(':')[0]).Distinct().Order());
    }
}
