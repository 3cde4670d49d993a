using Orleans.Runtime.Messaging;

namespace CacheOrleans.Silo.Http;

/// <summary>Calls the owner of an entry, again while its silo is being declared dead.</summary>
/// <remarks>
/// Repeating is safe: a read loads at most once more, and a repeated set or remove is the same one, done later within
/// its own call. A call that stays without an answer is a slow fallback, or one to a dead silo that nobody can declare
/// dead, since the membership table is away too; asking the owner something quick tells which.
/// </remarks>
internal sealed class ClusterCall(TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Calls the owner of an entry; one that may not know the cache is told of it first.</summary>
    /// <exception cref="RequestProblemException">The owner does not accept what it was given, or is silent.</exception>
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

    /// <exception cref="RequestProblemException">The owner does not accept what it was given, or is silent.</exception>
    public async Task<T> RunAsync<T>(
        ICacheEntryGrain owner, Func<ICacheEntryGrain, Task<T>> call, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await AnswerAsync(owner, call(owner), start, cancellationToken);
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

    private async Task<T> AnswerAsync<T>(
        ICacheEntryGrain owner, Task<T> call, long start, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await call.WaitAsync(AnswerTimeout, time, cancellationToken);
            }
            catch (TimeoutException) when (!call.IsCompleted)
            {
                var isAlive = await IsAliveAsync(owner, cancellationToken);
                if (!isAlive && !call.IsCompleted && time.GetElapsedTime(start) >= Limit)
                {
                    throw new RequestProblemException(
                        StatusCodes.Status503ServiceUnavailable,
                        "The silo that owns this entry does not answer, and no other has taken it over yet.");
                }
            }
        }
    }

    private async Task<bool> IsAliveAsync(ICacheEntryGrain owner, CancellationToken cancellationToken)
    {
        try
        {
            await owner.DescribeAsync().WaitAsync(AnswerTimeout, time, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException || IsTransient(exception))
        {
            return false;
        }
    }
}
