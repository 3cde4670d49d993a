using CacheOrleans.Grains.Breaker;
using CacheOrleans.Simulation.Cluster;
using CacheOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Simulation.Outside;

/// <summary>A silo's connection to Redis.</summary>
internal sealed class SimulatedRedisConnection(SiloNode silo, SimulatedRedis redis) : IBackingStore
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(1);

    public ValueTask<StoreReadResult> ReadAsync(StoreKey key, CancellationToken cancellationToken) => AskAsync(
        isWrite: false,
        () => redis.Read(key) is { } record ? StoreReadResult.Found(record) : StoreReadResult.Missing,
        StoreReadResult.Failed,
        cancellationToken);

    public ValueTask<IReadOnlyList<StoreWriteResult>> WriteAsync(
        IReadOnlyList<StoreWrite> writes, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<StoreWriteResult>>(
            isWrite: true,
            () => [.. writes.Select(redis.Write)],
            failure => [.. writes.Select(_ => StoreWriteResult.Failed(failure))],
            cancellationToken);

    public async ValueTask<StoreFailure?> ProbeAsync(CancellationToken cancellationToken)
    {
        var count = silo.Services.GetRequiredService<BreakerReplica>().View.IsLocal ? 0 : 1;
        redis.OnProbe(count);
        try
        {
            return await AskAsync<StoreFailure?>(isWrite: true, () => null, failure => failure, cancellationToken);
        }
        finally
        {
            redis.OnProbe(-count);
        }
    }

    private async ValueTask<T> AskAsync<T>(
        bool isWrite, Func<T> run, Func<StoreFailure, T> fail, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var world = silo.World;
        world.Scheduler.After(Delay(), node: null, _ => Arrive());
        try
        {
            return await answer.Task.WaitAsync(TimeLimit, silo.Time, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            return fail(new(StoreFailureKind.Timeout, exception));
        }

        void Arrive()
        {
            switch (redis.Condition)
            {
                case RedisCondition.Hanging:
                    world.Scheduler.After(TimeSpan.FromMilliseconds(50), node: null, _ => Arrive());
                    break;
                case RedisCondition.Down:
                case var _ when redis.CutOff.Contains(silo):
                    Reply(fail(new(StoreFailureKind.Connection, new IOException("Connection refused."))));
                    break;
                case RedisCondition.Failing when world.Scheduler.Random.Next(2) == 0:
                    Reply(fail(new(StoreFailureKind.Loading, new IOException("LOADING"))));
                    break;
                case RedisCondition.Full when isWrite:
                    Reply(fail(new(StoreFailureKind.OutOfMemory, new IOException("OOM"))));
                    break;
                default:
                    Reply(run());
                    break;
            }
        }

        void Reply(T result) => world.Scheduler.After(Delay(), silo, _ => answer.TrySetResult(result));
    }

    private TimeSpan Delay() =>
        silo.Scheduler.Between(TimeSpan.FromTicks(500), TimeSpan.FromMilliseconds(1));
}
