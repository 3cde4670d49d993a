using CacheOrleans.Client.Distributed;

namespace CacheOrleans.Client.Tests.Distributed;

public sealed class BlockedThreadsTests
{
    [Fact]
    public void Leave_MinimumSetByTheApplication_KeepsIt()
    {
        ThreadPool.GetMinThreads(out var before, out var ports);
        var threads = new BlockedThreads();
        threads.Enter();
        threads.Enter();
        Assert.True(ThreadPool.SetMinThreads(before + 1000, ports));

        threads.Leave();
        threads.Leave();

        ThreadPool.GetMinThreads(out var after, out _);
        Assert.True(ThreadPool.SetMinThreads(before, ports));
        Assert.InRange(after, before + 900, before + 1100);
    }
}
