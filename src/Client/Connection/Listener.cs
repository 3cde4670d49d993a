namespace CacheOrleans.Client.Connection;

/// <summary>Waits for answers, and tells a silence there from a process here that had no time to listen.</summary>
/// <remarks>A timer that fires late says so: the process was paused, or its thread pool has no thread to spare. The
/// answer may have come then, and gets its time again.</remarks>
internal sealed class Listener(TimeProvider time)
{
    /// <summary>A wait that ends so long after its limit says nothing about the other side.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>How often an answer gets its time, as long as each wait ends late.</summary>
    private const int MaxWaits = 4;

    /// <summary>Waits for an answer.</summary>
    /// <returns>True: it is there, or an error. False: there was silence. Null: nothing can be said, for this process
    /// was starved throughout.</returns>
    public async Task<bool?> HearAsync(Task answer, TimeSpan limit, CancellationToken cancellationToken = default)
    {
        limit = limit > Shortest ? limit : Shortest;
        for (var i = 0; i < MaxWaits; i++)
        {
            var start = time.GetTimestamp();
            await answer.WaitAsync(limit, time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (answer.IsCompleted)
            {
                return true;
            }

            cancellationToken.ThrowIfCancellationRequested();

            // An answer that waits for a thread is ahead in the queue.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            if (answer.IsCompleted)
            {
                return true;
            }

            if (time.GetElapsedTime(start) - limit < Late)
            {
                return false;
            }
        }

        return null;
    }
}
