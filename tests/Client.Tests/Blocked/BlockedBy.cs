namespace CacheOrleans.Client.Tests.Blocked;

/// <summary>Why nothing can run where the caller's continuations would, as long as the caller waits.</summary>
public enum BlockedBy
{
    /// <summary>The thread that waits is the only one of its synchronization context, as in a window.</summary>
    Context,

    /// <summary>The task that waits has the only place of an exclusive scheduler, as in an actor.</summary>
    Scheduler,
}
