namespace CacheOrleans.Client.Tests.Blocked;

/// <summary>Makes calls from a caller that blocks the thread or scheduler that its continuations need.</summary>
internal static class BlockedCaller
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Makes a call, and fails when it does not return.</summary>
    public static async Task MakeAsync(BlockedBy by, string what, Action call)
    {
        var calling = by == BlockedBy.Context ? UnderContext(call) : UnderScheduler(call);
        try
        {
            await calling.WaitAsync(Limit, TimeProvider.System, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException) when (!calling.IsCompleted)
        {
            Assert.Fail($"{what} has not returned within {Limit} while its caller blocks its {by}.");
        }
    }

    private static Task UnderContext(Action call)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(Run) { IsBackground = true }.Start();
        return end.Task;

        void Run()
        {
            SynchronizationContext.SetSynchronizationContext(new BlockedContext());
            try
            {
                call();
                end.SetResult();
            }
            // The waiting test receives it.
            catch (Exception exception)
            {
                end.SetException(exception);
            }
        }
    }

    private static Task UnderScheduler(Action call) => Task.Factory.StartNew(
        call,
        CancellationToken.None,
        TaskCreationOptions.None,
        new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler);
}
