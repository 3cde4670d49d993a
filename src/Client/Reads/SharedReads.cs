using System.Collections.Concurrent;
using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Reads;

/// <summary>The reads in progress in this process: one for each key, shared by callers with the same request.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="services">The services that reads of a client use.</param>
internal sealed class SharedReads(ReadServices services)
{
    /// <summary>How many overdue fallbacks of other callers a caller waits for before it gives up.</summary>
    private const int MaxOverdue = 3;

    private readonly ConcurrentDictionary<SharedReadKey, SharedRead> _reads = new();
    private volatile bool _isClosed;

    /// <summary>The number of reads in progress.</summary>
    public int Count => _reads.Count;

    /// <summary>Reads a value through a read that the caller begins or joins.</summary>
    /// <param name="key">Identifies the reads that the caller may share.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="state">Passed to <paramref name="make"/>.</param>
    /// <param name="make">Creates the read, with the version of the key.</param>
    /// <param name="cancellationToken">Ends the wait of this caller.</param>
    public Task<T?> ReadAsync<TState, T>(
        SharedReadKey key,
        ReadOptions options,
        TState state,
        Func<TState, KeyVersion, SharedRead<T>> make,
        CancellationToken cancellationToken)
    {
        var sharedRead = Join(key, options.ReceivesChanges, state, make, out var isFirst);
        return isFirst
            ? sharedRead.TakeFirstAsync(cancellationToken)
            : ShareAsync(sharedRead, key, options, state, make, cancellationToken);
    }

    /// <summary>Finds a read that the caller may share, or begins one in the caller's context.</summary>
    /// <param name="key">Identifies the reads that the caller may share.</param>
    /// <param name="receivesChanges">Whether the caller accepts the reply to an earlier request, as long as no
    /// change has been announced since.</param>
    /// <param name="state">Passed to <paramref name="make"/>.</param>
    /// <param name="make">Creates the read, with the version of the key.</param>
    /// <param name="isFirst">Whether the caller has begun the read.</param>
    public SharedRead<T> Join<TState, T>(
        SharedReadKey key,
        bool receivesChanges,
        TState state,
        Func<TState, KeyVersion, SharedRead<T>> make,
        out bool isFirst)
    {
        while (true)
        {
            if (_reads.TryGetValue(key, out var known) && known.TryJoin(receivesChanges))
            {
                isFirst = false;
                return (SharedRead<T>)known;
            }

            var keyVersion = services.Near.KeyVersions.Acquire(key.Text);
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

    /// <summary>Whether asynchronous work that starts here continues in the thread pool.</summary>
    private static bool IsFree =>
        SynchronizationContext.Current is null && TaskScheduler.Current == TaskScheduler.Default;

    /// <summary>Runs work that other callers wait for: in the caller's context, but never on its scheduler.</summary>
    public static Task<T> RunAsync<T>(Func<Task<T>> work) => IsFree ? work() : Task.Run(work);

    /// <summary>Ends all reads, and those that begin later, with an error for their callers.</summary>
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

    /// <summary>Waits for a read that another caller has begun. If its fallback exceeds its time limit, this caller's
    /// fallback runs next, unless other callers come first: it waits for a limited number of those.</summary>
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
                    $"'{key.Text}' was not read: {MaxOverdue} fallbacks of other callers exceeded their time limit "
                    + "(FallbackTimeout).");
            }
            catch (LoadOverdueException)
            {
                sharedRead = Join(key, options.ReceivesChanges, state, make, out isFirst);
            }
        }
    }

    private void Begin(SharedReadKey key, SharedRead sharedRead)
    {
        if (_isClosed)
        {
            sharedRead.Fail(new ObjectDisposedException(nameof(ICacheClient)));
        }

        // The value for the other callers must not depend on this caller's scheduler, such as that of a grain or a
        // window.
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
        // Any exception is passed to the callers that wait.
        catch (Exception exception)
        {
            sharedRead.Fail(services.Stopping.IsCancellationRequested
                ? new ObjectDisposedException(nameof(ICacheClient))
                : exception);
        }

        await sharedRead.FailureReport.ConfigureAwait(false);
        _reads.TryRemove(KeyValuePair.Create(key, sharedRead));
        sharedRead.Predecessor = null;
        sharedRead.KeyVersion.Release();
        sharedRead.End(); // last, because a caller may continue from here
    }
}
