using Orleans.Runtime.Messaging;

namespace CacheOrleans.Silo.Http;

/// <summary>Calls the owner of an entry, again while its silo is being declared dead.</summary>
/// <remarks>Repeating is safe: a read loads at most once more, and a repeated set or remove is the same one, done
/// later within its own call.</remarks>
internal sealed class ClusterCall(TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <exception cref="RequestProblemException">The owner does not accept what it was given.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await call();
            }
            catch (ArgumentException exception)
            {
                throw new RequestProblemException(StatusCodes.Status400BadRequest, exception.Message, exception);
            }
            catch (Exception exception) when (IsTransient(exception) && time.GetElapsedTime(start) < Limit)
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    /// <summary>Whether an error says that the call did not reach a living silo.</summary>
    public static bool IsTransient(Exception exception) => exception is
        OrleansMessageRejectionException or ConnectionFailedException or GatewayTooBusyException;
}
