using System.Collections.Concurrent;
using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Reads;

/// <summary>The reads under way in this process: one for each key, for callers that want the same.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="services">What reads of a client use.</param>
internal sealed class SharedReads(ReadServices services)
{
    /// <summary>How many fallbacks of others a caller waits for that take too long.</summary>
    private const int MaxOverdue = 3;

    private readonly ConcurrentDictionary<SharedReadKey, SharedRead> _reads = new();
    private volatile bool _isClosed;

    /// <summary>Reads a value through a read that the caller begins or shares.</summary>
    /// <param name="key">What the caller wants.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="state">What <paramref name="make"/> is given.</param>
    /// <param name="make">Makes the read, with the key's key version.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<T?> ReadAsync<TState, T>(
        SharedReadKey key,
        ReadOptions options,
        TState state,
        Func<TState, KeyVersion, SharedRead<T>> make,
        CancellationToken cancellationToken)
    {
        var sharedRead = Join(key, options.IsTold, state, make, out var isFirst);
        return isFirst
            ? sharedRead.TakeFirstAsync(cancellationToken)
            : ShareAsync(sharedRead, key, options, state, make, cancellationToken);
    }

    /// <summary>Finds a read that the caller may share, or begins one in the caller's context.</summary>
    /// <param name="key">What the caller wants.</param>
    /// <param name="isTold">Whether the caller may have what this process was not told is outdated.</param>
    /// <param name="state">What <paramref name="make"/> is given.</param>
    /// <param name="make">Makes the read, with the key's key version.</param>
    /// <param name="isFirst">Whether the caller has begun it.</param>
    public SharedRead<T> Join<TState, T>(
        SharedReadKey key, bool isTold, TState state, Func<TState, KeyVersion, SharedRead<T>> make, out bool isFirst)
    {
        while (true)
        {
            if (_reads.TryGetValue(key, out var known) && known.TryJoin(isTold))
            {
                isFirst = false;
                return (SharedRead<T>)known;
            }

            var keyVersion = services.Near.KeyVersions.Hold(key.Text);
            var sharedRead = make(state, keyVersion);
            sharedRead.Predecessor = known;
            if (known is null ? _reads.TryAdd(key, sharedRead) : _reads.TryUpdate(key, sharedRead, known))
            {
                Begin(key, sharedRead);
                isFirst = true;
                return sharedRead;
            }

            keyVersion.Release();
        }
    }

    /// <summary>Whether what is begun here goes on in the thread pool.</summary>
    private static bool IsFree =>
        SynchronizationContext.Current is null && TaskScheduler.Current == TaskScheduler.Default;

    /// <summary>Does work that others wait for: in the caller's context, and never on its scheduler.</summary>
    public static Task<T> RunAsync<T>(Func<Task<T>> work) => IsFree ? work() : Task.Run(work);

    /// <summary>Ends all reads, and those that begin later, for who waits for them.</summary>
    public void Close(string client)
    {
        _isClosed = true;
        foreach (var latest in _reads.Values)
        {
            for (var sharedRead = latest; sharedRead is not null; sharedRead = sharedRead.Predecessor)
            {
                sharedRead.Fail(new ObjectDisposedException(client));
            }
        }
    }

    /// <summary>Waits for a read that another caller has begun. If its fallback takes too long, this caller's is
    /// next, unless others come first: it waits for so many of them.</summary>
    private async Task<T?> ShareAsync<TState, T>(
        SharedRead<T> sharedRead,
        SharedReadKey key,
        ReadOptions options,
        TState state,
        Func<TState, KeyVersion, SharedRead<T>> make,
        CancellationToken cancellationToken)
    {
        var isFirst = false;
        for (var overdue = 1; ; overdue++)
        {
            try
            {
                return await (isFirst
                    ? sharedRead.TakeFirstAsync(cancellationToken)
                    : sharedRead.TakeSharedAsync(cancellationToken)).ConfigureAwait(false);
            }
            catch (LoadOverdueException) when (overdue == MaxOverdue)
            {
                throw new TimeoutException(
                    $"'{key.Text}' was not read: {MaxOverdue} fallbacks of other callers took longer than they may.");
            }
            catch (LoadOverdueException)
            {
                sharedRead = Join(key, options.IsTold, state, make, out isFirst);
            }
        }
    }

    private void Begin(SharedReadKey key, SharedRead sharedRead)
    {
        if (_isClosed)
        {
            sharedRead.Fail(new ObjectDisposedException(nameof(ICacheClient)));
        }

        // A caller's scheduler, such as a grain's or a window's, is not to be needed for the others' value.
        if (IsFree)
        {
            _ = RunAsync(key, sharedRead);
        }
        else
        {
            _ = Task.Run(() => RunAsync(key, sharedRead));
        }
    }

    private async Task RunAsync(SharedReadKey key, SharedRead sharedRead)
    {
        try
        {
            await sharedRead.RunAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever it is, it is for those who wait.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            sharedRead.Fail(services.Stopping.IsCancellationRequested
                ? new ObjectDisposedException(nameof(ICacheClient))
                : exception);
        }

        await sharedRead.FailureReport.ConfigureAwait(false);
        _reads.TryRemove(KeyValuePair.Create(key, sharedRead));
        sharedRead.Predecessor = null;
        sharedRead.KeyVersion.Release();
        sharedRead.End(); // last: a caller may go on from here
    }
}
