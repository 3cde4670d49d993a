namespace CacheOrleans.Client.Distributed;

/// <summary>Waits synchronously for an asynchronous call.</summary>
internal static class Blocking
{
    private static readonly BlockedThreads Threads = new();

    /// <summary>Whether continuations return to the waiting thread, such as that of a window or a grain.</summary>
    /// <remarks>If so, the call is made from a thread of the pool; otherwise it does not need to wait for such a
    /// thread.</remarks>
    private static bool NeedsPoolThread =>
        SynchronizationContext.Current is not null || TaskScheduler.Current != TaskScheduler.Default;

    // The task that Task.Run returns for an asynchronous call is a promise, which no thread runs. A task of the task
    // factory could be inlined by the waiting thread, in the context that the call must avoid.

    /// <summary>Makes a call and waits for its end.</summary>
    public static void Wait(Func<Task> call)
    {
        var task = NeedsPoolThread ? Task.Run(call) : call();
        WaitFor(task);
        task.GetAwaiter().GetResult();
    }

    /// <summary>Makes a call and waits for its result.</summary>
    public static T Wait<T>(Func<Task<T>> call)
    {
        var task = NeedsPoolThread ? Task.Run(call) : call();
        WaitFor(task);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Waits until a call ends, while the pool has an additional thread to replace this one.</summary>
    private static void WaitFor(Task task)
    {
        if (task.IsCompleted || !Thread.CurrentThread.IsThreadPoolThread)
        {
            return;
        }

        Threads.Enter();
        try
        {
            task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        }
        finally
        {
            Threads.Leave();
        }
    }
}
