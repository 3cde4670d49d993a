namespace CacheOrleans.Silo.Http.Breaker;

/// <summary>Calls the breaker's coordinator, again while its silo is being declared dead.</summary>
/// <remarks>Repeating is safe: each of its methods leads to the same state when called twice.</remarks>
internal sealed class BreakerCall(TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <exception cref="RequestProblemException">It did not answer in time.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            var left = Limit - time.GetElapsedTime(start);
            try
            {
                return await call().WaitAsync(left > Pause ? left : Pause, time, cancellationToken);
            }
            catch (Exception exception) when (ClusterCall.IsTransient(exception) && left > Pause)
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
            catch (Exception exception) when (exception is TimeoutException || ClusterCall.IsTransient(exception))
            {
                throw new RequestProblemException(
                    StatusCodes.Status503ServiceUnavailable,
                    "The breaker's coordinator does not answer. Each silo goes on with its own breaker, whose state "
                    + "/healthz/ready tells; reads and writes do not wait for the coordinator.",
                    exception);
            }
        }
    }
}
