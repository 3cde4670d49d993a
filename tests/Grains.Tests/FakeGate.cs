using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Tests;

internal sealed class FakeGate : IBreakerGate
{
    public bool IsOpen { get; set; }

    public bool TryEnter() => !IsOpen;
}
