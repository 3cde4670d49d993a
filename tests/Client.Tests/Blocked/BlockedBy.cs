namespace CacheOrleans.Client.Tests.Blocked;

/// <summary>What prevents continuations from running where the caller runs, as long as the caller waits.</summary>
public enum BlockedBy
{
    /// <summary>The waiting thread is the only one of its synchronization context, as in a desktop app.</summary>
    Context,

    /// <summary>The waiting task occupies an exclusive scheduler, as in an actor.</summary>
    Scheduler,
}
