using System.Collections.Concurrent;

namespace CacheOrleans.Grains.Tests.Tags;

/// <summary>Counts the calls that silos get, by interface, and holds up or loses some.</summary>
internal sealed class Traffic
{
    private readonly ConcurrentDictionary<Type, int> _counts = new();
    private volatile TaskCompletionSource? _release;
    private (Type Interface, SiloAddress? Silo) _held;

    public int this[Type type] => _counts.GetValueOrDefault(type);

    /// <summary>Forgets what was counted.</summary>
    public void Reset() => _counts.Clear();

    /// <summary>Holds up the calls of an interface, on one silo or on all; in the end they are lost.</summary>
    public void Hold(Type type, SiloAddress? silo = null)
    {
        _held = (type, silo);
        _release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Release() => Interlocked.Exchange(ref _release, null)?.SetResult();

    /// <summary>The part of it on one silo.</summary>
    public IIncomingGrainCallFilter On(SiloAddress silo) => new Filter(this, silo);

    private sealed class Filter(Traffic traffic, SiloAddress silo) : IIncomingGrainCallFilter
    {
        public async Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.InterfaceMethod?.DeclaringType is { } type)
            {
                traffic._counts.AddOrUpdate(type, 1, static (_, count) => count + 1);
                if (traffic._release is { } release
                    && traffic._held.Interface == type
                    && (traffic._held.Silo is not { } one || one.Equals(silo)))
                {
                    await release.Task;
                    throw new TimeoutException("The call was lost.");
                }
            }

            await context.Invoke();
        }
    }
}
