namespace CacheOrleans.Client.Connection;

/// <summary>Waits for answers, and distinguishes an unresponsive silo from a process here that was too busy to receive
/// them.</summary>
/// <remarks>A timer that fires late shows that the process was paused, or that its thread pool has no free thread. The
/// answer may have arrived in that time, so the wait is repeated.</remarks>
internal sealed class Listener(TimeProvider time)
{
    /// <summary>A wait that ends this long after its limit shows that this process was starved, and says nothing about
    /// the silo.</summary>
    private static readonly TimeSpan StarvationDelay = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>The most waits for one answer, if each of them ends late.</summary>
    private const int MaxWaits = 4;

    /// <summary>Waits until a call completes or its time limit passes.</summary>
    /// <returns>True: the call has completed, possibly with an error. False: there was no response. Null: unknown,
    /// because this process was starved all the time.</returns>
    public async Task<bool?> WaitForAnswerAsync(
        Task answer, TimeSpan limit, CancellationToken cancellationToken = default)
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

            // The continuation of an answer that already waits for a thread is ahead of this one in the queue.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            if (answer.IsCompleted)
            {
                return true;
            }

            if (time.GetElapsedTime(start) - limit < StarvationDelay)
            {
                return false;
            }
        }

        return null;
    }
}
