using Orleans.Runtime.Messaging;

namespace CacheOrleans.Silo.Http;

/// <summary>Calls the owner of an entry, and retries while its silo is being declared dead.</summary>
/// <remarks>
/// Retrying is safe: a read loads at most once more, and a repeated set or remove is the same change, made later
/// within the same call. A call without a response waits either for a slow fallback, or for a dead silo that nobody can
/// declare dead because the membership table is unreachable too; a quick call to the owner tells the two apart.
/// </remarks>
internal sealed class ClusterCall(TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Calls the owner of an entry, and first declares the cache to it if it may not know the cache.</summary>
    /// <exception cref="RequestProblemException">The owner rejects the arguments, or does not respond.</exception>
    public Task<T> RunAsync<T>(
        EntryAddress entry, Func<ICacheEntryGrain, Task<T>> call, CancellationToken cancellationToken)
    {
        return RunAsync(entry.Grain, entry.Cache.Declaration is { } cache ? DeclareAsync : call, cancellationToken);

        async Task<T> DeclareAsync(ICacheEntryGrain owner)
        {
            await owner.DeclareAsync(cache);
            return await call(owner);
        }
    }

    /// <exception cref="RequestProblemException">The owner rejects the arguments, or does not respond.</exception>
    public async Task<T> RunAsync<T>(
        ICacheEntryGrain owner, Func<ICacheEntryGrain, Task<T>> call, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await AwaitResponseAsync(owner, call(owner), start, cancellationToken);
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

    /// <summary>Whether an error means that the call did not reach a live silo.</summary>
    public static bool IsTransient(Exception exception) => exception is
        OrleansMessageRejectionException or ConnectionFailedException or GatewayTooBusyException;

    private async Task<T> AwaitResponseAsync<T>(
        ICacheEntryGrain owner, Task<T> call, long start, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await call.WaitAsync(ResponseTimeout, time, cancellationToken);
            }
            catch (TimeoutException) when (!call.IsCompleted)
            {
                var isAlive = await IsAliveAsync(owner, cancellationToken);
                if (!isAlive && !call.IsCompleted && time.GetElapsedTime(start) >= Limit)
                {
                    throw new RequestProblemException(
                        StatusCodes.Status503ServiceUnavailable,
                        "The silo that owns this entry does not respond, and no other silo has taken it over yet.");
                }
            }
        }
    }

    private async Task<bool> IsAliveAsync(ICacheEntryGrain owner, CancellationToken cancellationToken)
    {
        try
        {
            await owner.DescribeAsync().WaitAsync(ResponseTimeout, time, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException || IsTransient(exception))
        {
            return false;
        }
    }
}
