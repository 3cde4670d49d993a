namespace CacheOrleans.Grains.Batches;

/// <summary>Makes many calls, soon but not all at once, and waits for all within one time limit.</summary>
/// <remarks>Calls go out in waves. A wave waits for the one before it, but not for long: a call that is held, or whose
/// silo does not answer, takes no place from the others.</remarks>
/// <param name="time">The silo's clock.</param>
/// <param name="limit">How long all calls may take together.</param>
internal sealed class FanOut(TimeProvider time, TimeSpan limit)
{
    public const int Wave = 64;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly long _start = time.GetTimestamp();

    /// <summary>How long it has taken so far.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    /// <summary>Makes the calls.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="call">Makes one, by its place.</param>
    /// <param name="onError">The result of one that threw, or that took too long.</param>
    /// <returns>The results, each in its place.</returns>
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

    private async Task<T> CallAsync<T>(Func<int, Task<T>> call, int place, Func<Exception, T> onError)
    {
        try
        {
            var left = limit - Elapsed;
            return await call(place).WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        }
        catch (Exception exception) // whatever one call throws is for its own place
        {
            return onError(exception);
        }
    }
}
