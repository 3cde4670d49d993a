using CacheOrleans.Storage;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Redis.Store;

/// <summary>Applies time limits to calls to Redis, and classifies their failures.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class TimedCalls : IDisposable
{
    /// <summary>After this time without a spoiled call, the next one is logged again.</summary>
    private static readonly TimeSpan Episode = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time;
    private readonly ILogger<TimedCalls> _logger;
    private readonly long _start;
    private readonly ProcessPauses _pauses = new(TimeSpan.Zero);
    private readonly ITimer _timer;
    private long _spoiledAt = -Episode.Ticks;

    public TimedCalls(TimeProvider time, ILogger<TimedCalls> logger)
    {
        _time = time;
        _logger = logger;
        _start = time.GetTimestamp();
        _timer = time.CreateTimer(
            _ => _pauses.OnTick(Now), null, ProcessPauses.Period, ProcessPauses.Period);
    }

    /// <summary>The wall-clock time.</summary>
    public DateTimeOffset UtcNow => _time.GetUtcNow();

    /// <summary>The monotonic time by which calls are measured.</summary>
    public TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>Waits for a call within its limit.</summary>
    /// <exception cref="TimeoutException">The call has not completed within its limit.</exception>
    public async Task<T> WithinAsync<T>(Task<T> call, TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            return await call.WaitAsync(limit, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!call.IsCompleted)
        {
            Forget(call);
            throw LimitPassed(limit);
        }
        catch (OperationCanceledException) when (!call.IsCompleted)
        {
            Forget(call);
            throw;
        }
    }

    /// <summary>Classifies an error. A timeout says nothing about Redis if this process itself was starved during the
    /// call.</summary>
    /// <param name="exception">The error.</param>
    /// <param name="begun">When the call began.</param>
    /// <param name="limit">Its limit.</param>
    public StoreFailure Classify(Exception exception, TimeSpan begun, TimeSpan limit)
    {
        var failure = RedisFailures.Classify(exception);
        var now = Now;
        if (failure.Kind != StoreFailureKind.Timeout || !_pauses.Invalidates(begun, now, limit))
        {
            return failure;
        }

        if (now.Ticks - Interlocked.Exchange(ref _spoiledAt, now.Ticks) >= Episode.Ticks)
        {
            Log.Starved(_logger, now - begun, limit);
        }

        return failure with { Kind = StoreFailureKind.Starved };
    }

    /// <summary>Returns the exception for a call that has not completed within its limit.</summary>
    public static TimeoutException LimitPassed(TimeSpan limit) => new($"Redis did not respond within {limit:c}.");

    public void Dispose() => _timer.Dispose();

    /// <summary>Observes the exception of a task that has no awaiter any more; otherwise it would be reported as
    /// unobserved.</summary>
    private static void Forget(Task task) => _ = task.ContinueWith(
        static late => _ = late.Exception,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
