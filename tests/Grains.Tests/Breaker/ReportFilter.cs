namespace CacheOrleans.Grains.Tests.Breaker;

/// <summary>Counts the reports that reach a coordinator, and blocks them on request.</summary>
/// <param name="coordinator">The interface of the coordinator.</param>
internal sealed class ReportFilter(Type coordinator) : IIncomingGrainCallFilter
{
    private int _reports;
    private TaskCompletionSource? _hold;
    private volatile bool _isLosing;

    public int Reports => Volatile.Read(ref _reports);

    public bool IsHolding => _hold is not null;

    /// <summary>Blocks reports until <see cref="Release"/> is called.</summary>
    /// <param name="areLost">Whether blocked reports are lost instead of delivered late.</param>
    public void Hold(bool areLost = false)
    {
        _isLosing = areLost;
        _hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Release() => Interlocked.Exchange(ref _hold, null)?.SetResult();

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.InterfaceMethod?.DeclaringType == coordinator)
        {
            Interlocked.Increment(ref _reports);
            if (_hold is { } hold)
            {
                await hold.Task;
                if (_isLosing)
                {
                    throw new TimeoutException("The report was lost.");
                }
            }
        }

        await context.Invoke();
    }
}
