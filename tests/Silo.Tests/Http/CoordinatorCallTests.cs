using CacheOrleans.Silo.Http;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Silo.Tests.Http;

public sealed class CoordinatorCallTests
{
    private const string NoAnswer = "It does not answer; the rest still works.";

    private readonly FakeTimeProvider _time = new() { AutoAdvanceAmount = TimeSpan.FromMilliseconds(200) };

    [Fact]
    public async Task RunAsync_CoordinatorDiesAndIsReplaced_Answers()
    {
        var calls = 0;
        var running = RunAsync(
            () => ++calls < 4 ? throw new SiloUnavailableException("dead") : Task.FromResult(calls));

        Assert.Equal(4, await DriveAsync(running));
    }

    [Fact]
    public async Task RunAsync_CoordinatorStaysAway_SaysWhatStillWorks()
    {
        var start = _time.GetTimestamp();
        var running = RunAsync(() => throw new SiloUnavailableException("dead"));

        await AssertGivenUpAsync(running, start, TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task RunAsync_CoordinatorIsUnresponsive_SaysWhatStillWorks()
    {
        var start = _time.GetTimestamp();
        var running = RunAsync(() => new TaskCompletionSource<int>().Task);

        await AssertGivenUpAsync(running, start, TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task RunAsync_OrleansGivesUpFirst_SaysWhatStillWorks()
    {
        var problem = await Assert.ThrowsAsync<RequestProblemException>(
            () => RunAsync(() => throw new TimeoutException("30 s")));

        Assert.Equal(503, problem.StatusCode);
    }

    [Fact]
    public async Task RunAsync_RejectedSettings_AreNotRetried()
    {
        var calls = 0;

        await Assert.ThrowsAsync<BreakerSettingsException>(
            () => RunAsync(() => throw new BreakerSettingsException(
                new Dictionary<string, string> { ["Break"] = $"{++calls}" })));

        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task RunAsync_OwnLimit_IsRespected()
    {
        var start = _time.GetTimestamp();
        var running = new CoordinatorCall(_time).RunAsync(
            () => new TaskCompletionSource<int>().Task, NoAnswer, TimeSpan.FromSeconds(40), CancellationToken.None);

        await AssertGivenUpAsync(running, start, TimeSpan.FromSeconds(40));
    }

    private Task<int> RunAsync(Func<Task<int>> call) =>
        new CoordinatorCall(_time).RunAsync(call, NoAnswer, CancellationToken.None);

    private async Task AssertGivenUpAsync(Task<int> running, long start, TimeSpan limit)
    {
        var problem = await Assert.ThrowsAsync<RequestProblemException>(() => DriveAsync(running));

        Assert.Equal(503, problem.StatusCode);
        Assert.Equal(NoAnswer, problem.Message);
        Assert.InRange(_time.GetElapsedTime(start), limit, limit + TimeSpan.FromSeconds(6));
    }

    private async Task<int> DriveAsync(Task<int> running)
    {
        while (!running.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        return await running;
    }
}
