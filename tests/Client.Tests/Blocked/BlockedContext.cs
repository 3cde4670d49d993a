namespace CacheOrleans.Client.Tests.Blocked;

/// <summary>The context of a blocked thread: posted callbacks never run.</summary>
internal sealed class BlockedContext : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state)
    {
    }
}
