using CacheOrleans.Silo.Http;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Silo.Tests.Http;

public sealed class ClusterCallTests
{
    private readonly FakeTimeProvider _time = new() { AutoAdvanceAmount = TimeSpan.FromMilliseconds(200) };

    [Fact]
    public async Task RunAsync_OwnerDiesAndIsReplaced_Answers()
    {
        var calls = 0;
        var cluster = new ClusterCall(_time);

        var running = cluster.RunAsync(
            new OneOwner(),
            _ => ++calls < 4 ? throw new SiloUnavailableException("dead") : Task.FromResult(calls),
            CancellationToken.None);

        Assert.Equal(4, await DriveAsync(running));
    }

    [Fact]
    public async Task RunAsync_OwnerStaysAway_GivesUpAfterFifteenSeconds()
    {
        var start = _time.GetTimestamp();
        var running = new ClusterCall(_time).RunAsync<int>(
            new OneOwner(), _ => throw new SiloUnavailableException("dead"), CancellationToken.None);

        await Assert.ThrowsAsync<SiloUnavailableException>(() => DriveAsync(running));
        Assert.InRange(_time.GetElapsedTime(start), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(21));
    }

    [Fact]
    public async Task RunAsync_RejectedArgument_IsABadRequest()
    {
        var problem = await Assert.ThrowsAsync<RequestProblemException>(() => new ClusterCall(_time).RunAsync<int>(
            new OneOwner(), _ => throw new ArgumentException("over the limit"), CancellationToken.None));

        Assert.Equal((400, "over the limit"), (problem.StatusCode, problem.Message));
    }

    [Fact]
    public async Task RunAsync_FailedFallback_IsNotRepeated()
    {
        var calls = 0;

        await Assert.ThrowsAsync<CacheFallbackException>(() => new ClusterCall(_time).RunAsync<int>(
            new OneOwner(),
            _ => throw new CacheFallbackException("x", new InvalidOperationException($"{++calls}")),
            CancellationToken.None));

        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task RunAsync_OwnerIsUnresponsive_GivesUpAfterFifteenSeconds()
    {
        var never = new TaskCompletionSource<int>();
        var unanswered = new TaskCompletionSource<EntryDescription>();
        var start = _time.GetTimestamp();

        var running = new ClusterCall(_time).RunAsync(
            new OneOwner(() => unanswered.Task), _ => never.Task, CancellationToken.None);

        var problem = await Assert.ThrowsAsync<RequestProblemException>(() => DriveAsync(running));
        Assert.Equal(503, problem.StatusCode);
        Assert.InRange(_time.GetElapsedTime(start), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(21));
    }

    [Fact]
    public async Task RunAsync_OwnerIsSlow_WaitsForTheAnswer()
    {
        var slow = new TaskCompletionSource<int>();
        var asked = 0;

        var running = new ClusterCall(_time).RunAsync(
            new OneOwner(() =>
            {
                if (++asked == 5)
                {
                    slow.SetResult(7);
                }

                return Task.FromResult<EntryDescription>(null!);
            }),
            _ => slow.Task,
            CancellationToken.None);

        Assert.Equal(7, await DriveAsync(running));
    }

    private async Task<T> DriveAsync<T>(Task<T> running)
    {
        while (!running.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        return await running;
    }
}
