using System.Collections.Concurrent;

namespace CacheOrleans.Grains.Tests.Tags;

/// <summary>Counts the calls that silos receive, by interface, and blocks or loses some of them.</summary>
internal sealed class Traffic
{
    private readonly ConcurrentDictionary<Type, int> _counts = new();
    private volatile TaskCompletionSource? _release;
    private (Type Interface, SiloAddress? Silo) _held;

    public int this[Type type] => _counts.GetValueOrDefault(type);

    /// <summary>Resets the counts.</summary>
    public void Reset() => _counts.Clear();

    /// <summary>Blocks the calls of an interface, on one silo or on all; they are lost when released.</summary>
    public void Hold(Type type, SiloAddress? silo = null)
    {
        _held = (type, silo);
        _release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Release() => Interlocked.Exchange(ref _release, null)?.SetResult();

    /// <summary>The filter of one silo.</summary>
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
