namespace CacheOrleans.Grains.Tests.Breaker;

/// <summary>Counts the reports that reach the coordinator, and holds them up as long as it is told to.</summary>
internal sealed class ReportFilter : IIncomingGrainCallFilter
{
    private int _reports;
    private TaskCompletionSource? _hold;

    public int Reports => Volatile.Read(ref _reports);

    public bool IsHolding => _hold is not null;

    public void Hold() => _hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => Interlocked.Exchange(ref _hold, null)?.SetResult();

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.MethodName == "ReportAsync")
        {
            Interlocked.Increment(ref _reports);
            await (_hold?.Task ?? Task.CompletedTask);
        }

        await context.Invoke();
    }
}
