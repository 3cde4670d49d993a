using CacheOrleans.Client.Connection;
using CacheOrleans.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Client.Tests.Connection;

public sealed class ListenerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly TaskCompletionSource _answer = new();

    [Fact]
    public async Task HearAsync_NoAnswerInTime_ReturnsFalse()
    {
        var heard = new Listener(_time).WaitForAnswerAsync(_answer.Task, Limit);
        _time.Advance(Limit);
        Assert.False(await heard);
    }

    [Fact]
    public async Task HearAsync_WaitEndsLate_WaitsAgain()
    {
        var heard = new Listener(_time).WaitForAnswerAsync(_answer.Task, Limit);
        await JumpAsync(times: 3);
        Assert.False(heard.IsCompleted);
        _answer.SetResult();
        Assert.True(await heard);
    }

    [Fact]
    public async Task HearAsync_EveryWaitEndsLate_ReturnsNull()
    {
        var heard = new Listener(_time).WaitForAnswerAsync(_answer.Task, Limit);
        while (!heard.IsCompleted)
        {
            await JumpAsync(times: 1);
        }

        Assert.Null(await heard);
    }

    /// <summary>Lets the clock jump over the limit, as after a pause of the process.</summary>
    private async Task JumpAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _time.Advance(Limit * 2);
            await Task.Yield();
            await Latency.OfAsync(20); // lets the next wait begin; otherwise two jumps would fall into one wait
        }
    }
}
