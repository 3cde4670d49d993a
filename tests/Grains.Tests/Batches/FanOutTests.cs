using CacheOrleans.Grains.Batches;
using CacheOrleans.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Grains.Tests.Batches;

public sealed class FanOutTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(500);
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Run_ManyCalls_KeepsTheOrderOfResults()
    {
        var results = await new FanOut(_time, Limit).RunAsync(
            1000,
            async place =>
            {
                await Task.Yield();
                return place % 100 == 7 ? throw new InvalidOperationException($"{place}") : $"{place}";
            },
            error => $"failed {error.Message}");

        Assert.Equal(
            Enumerable.Range(0, 1000).Select(place => place % 100 == 7 ? $"failed {place}" : $"{place}"), results);
    }

    [Fact]
    public async Task Run_SomeCallsHang_OtherCallsGoOn()
    {
        var begun = 0;
        var unanswered = new TaskCompletionSource<string>();
        var run = new FanOut(_time, Limit).RunAsync(
            3 * FanOut.Wave,
            place =>
            {
                Interlocked.Increment(ref begun);
                return place < FanOut.Wave ? unanswered.Task : Task.FromResult("answer");
            },
            error => error.GetType().Name);
        Assert.Equal(FanOut.Wave, begun);

        _time.Advance(TimeSpan.FromMilliseconds(10));
        await Eventually.TrueAsync(() => Volatile.Read(ref begun) == 3 * FanOut.Wave, "the other waves have been sent");
        Assert.False(run.IsCompleted);
        _time.Advance(Limit);

        var results = await run;
        Assert.All(results[..FanOut.Wave], result => Assert.Equal(nameof(TimeoutException), result));
        Assert.All(results[FanOut.Wave..], result => Assert.Equal("answer", result));
    }
}
