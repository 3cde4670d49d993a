namespace CacheOrleans.Grains.Batches;

/// <summary>Makes many calls in quick succession but not all at once, and waits for all of them within one time limit.
/// </summary>
/// <remarks>Calls are made in waves. Each wave waits for the one before it, but only briefly: a call that waits for a
/// load, or whose silo does not respond, does not delay the others.</remarks>
/// <param name="time">The silo's clock.</param>
/// <param name="limit">The time limit for all calls together.</param>
internal sealed class FanOut(TimeProvider time, TimeSpan limit)
{
    /// <summary>The number of calls in a wave.</summary>
    public const int Wave = 64;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly long _start = time.GetTimestamp();

    /// <summary>The time since this fan-out was created.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    /// <summary>Makes the calls.</summary>
    /// <param name="count">The number of calls.</param>
    /// <param name="call">Makes the call with the given index.</param>
    /// <param name="onError">Returns the result for a call that threw or took too long.</param>
    /// <returns>The results, by index.</returns>
    public async Task<T[]> RunAsync<T>(int count, Func<int, Task<T>> call, Func<Exception, T> onError)
    {
        var calls = new Task<T>[count];
        for (var from = 0; from < count; from += Wave)
        {
            var to = Math.Min(from + Wave, count);
            for (var i = from; i < to; i++)
            {
                calls[i] = CallAsync(call, i, onError);
            }

            if (to < count)
            {
                await ((Task)Task.WhenAll(calls[from..to])).WaitAsync(Pause, time).ConfigureAwait(
                    ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        return await Task.WhenAll(calls);
    }

    private async Task<T> CallAsync<T>(Func<int, Task<T>> call, int index, Func<Exception, T> onError)
    {
        try
        {
            var left = limit - Elapsed;
            return await call(index).WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        }
        catch (Exception exception) // any failure of a call becomes the result at its own index
        {
            return onError(exception);
        }
    }
}
