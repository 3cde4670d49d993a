namespace CacheOrleans.Client.Distributed;

/// <summary>Waits in a synchronous call for an asynchronous one.</summary>
internal static class Blocking
{
    private static readonly BlockedThreads Threads = new();

    /// <summary>Whether continuations come back to the thread that waits, such as a window's or a grain's.</summary>
    /// <remarks>Then the call is made from a thread of the pool; elsewhere it need not wait for one.</remarks>
    private static bool MustLeave =>
        SynchronizationContext.Current is not null || TaskScheduler.Current != TaskScheduler.Default;

    // Who waits for Task.Run's task waits for a promise. A task of the factory's could be run by the thread that waits
    // for it, in the context that is to be left.

    /// <summary>Makes a call and waits for its end.</summary>
    public static void Wait(Func<Task> call)
    {
        var task = MustLeave ? Task.Run(call) : call();
        WaitFor(task);
        task.GetAwaiter().GetResult();
    }

    /// <summary>Makes a call and waits for its result.</summary>
    public static T Wait<T>(Func<Task<T>> call)
    {
        var task = MustLeave ? Task.Run(call) : call();
        WaitFor(task);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Waits for the end of a call, while the pool has a thread in the place of this one.</summary>
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
