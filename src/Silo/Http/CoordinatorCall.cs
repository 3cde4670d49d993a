namespace CacheOrleans.Silo.Http;

/// <summary>Calls a coordinator of the cluster, and retries while its silo is being declared dead.</summary>
/// <remarks>Retrying must be safe: a call that was lost with its silo may have been executed.</remarks>
internal sealed class CoordinatorCall(TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <param name="call">The call.</param>
    /// <param name="noResponse">The message if there is no response; it says what still works.</param>
    /// <param name="cancellationToken">Is canceled when the request is aborted.</param>
    /// <exception cref="RequestProblemException">The coordinator did not respond in time.</exception>
    public Task<T> RunAsync<T>(Func<Task<T>> call, string noResponse, CancellationToken cancellationToken) =>
        RunAsync(call, noResponse, Limit, cancellationToken);

    /// <inheritdoc cref="RunAsync{T}(Func{Task{T}}, string, CancellationToken)"/>
    /// <param name="call">The call.</param>
    /// <param name="noResponse">The message if there is no response.</param>
    /// <param name="limit">How long the call may take; for calls that are slow by nature.</param>
    /// <param name="cancellationToken">Is canceled when the request is aborted.</param>
    public async Task<T> RunAsync<T>(
        Func<Task<T>> call, string noResponse, TimeSpan limit, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            var left = limit - time.GetElapsedTime(start);
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
                    StatusCodes.Status503ServiceUnavailable, noResponse, exception);
            }
        }
    }
}
