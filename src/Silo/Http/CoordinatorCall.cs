namespace CacheOrleans.Silo.Http;

/// <summary>Calls a coordinator of the cluster, again while its silo is being declared dead.</summary>
/// <remarks>Repeating must be safe. A call that a silo took along as it died may have been carried out.</remarks>
internal sealed class CoordinatorCall(TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <param name="call">The call.</param>
    /// <param name="silence">What to say when there is no answer: what still works.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    /// <exception cref="RequestProblemException">It did not answer in time.</exception>
    public Task<T> RunAsync<T>(Func<Task<T>> call, string silence, CancellationToken cancellationToken) =>
        RunAsync(call, silence, Limit, cancellationToken);

    /// <inheritdoc cref="RunAsync{T}(Func{Task{T}}, string, CancellationToken)"/>
    /// <param name="call">The call.</param>
    /// <param name="silence">What to say when there is no answer.</param>
    /// <param name="limit">How long it may take, for a call that takes its time.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    public async Task<T> RunAsync<T>(
        Func<Task<T>> call, string silence, TimeSpan limit, CancellationToken cancellationToken)
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
                    StatusCodes.Status503ServiceUnavailable, silence, exception);
            }
        }
    }
}
