namespace CacheOrleans.Client.Distributed;

/// <summary>Waits in a synchronous call for an asynchronous one.</summary>
internal static class Blocking
{
    /// <summary>Makes a call and waits for its end.</summary>
    public static void Wait(Func<Task> call) => Run(call).GetAwaiter().GetResult();

    /// <summary>Makes a call and waits for its result.</summary>
    public static T Wait<T>(Func<Task<T>> call) => Run(call).GetAwaiter().GetResult();

    /// <summary>Where continuations come back to the thread that waits, such as a window's or a grain's, the call is
    /// made from a thread of the pool. Elsewhere it need not wait for one.</summary>
    private static T Run<T>(Func<T> call)
        where T : Task =>
        SynchronizationContext.Current is null && TaskScheduler.Current == TaskScheduler.Default
            ? call()
            : Task.Factory.StartNew(
                call, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default)
                .GetAwaiter().GetResult();
}
