namespace CacheOrleans.Client.Tests.Coherence;

/// <summary>Counts the checks that reach owners, and loses the notifications of changes on request.</summary>
internal sealed class Interception : IIncomingGrainCallFilter, IOutgoingGrainCallFilter
{
    private int _checks;
    private int _messages;

    /// <summary>The number of checked reads.</summary>
    public int Checks => Volatile.Read(ref _checks);

    /// <summary>The number of messages from clients with checks.</summary>
    public int Messages => Volatile.Read(ref _messages);

    /// <summary>Whether notifications are lost.</summary>
    public bool LosesNotifications { get; set; }

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.MethodName == nameof(ICacheEntryGrain.CheckAsync))
        {
            Interlocked.Increment(ref context.Grain is ICacheEntryGrain ? ref _checks : ref _messages);
        }

        return context.Invoke();
    }

    public Task Invoke(IOutgoingGrainCallContext context) =>
        LosesNotifications && context.InterfaceMethod.DeclaringType == typeof(INearCacheObserver)
            ? Task.CompletedTask
            : context.Invoke();
}
