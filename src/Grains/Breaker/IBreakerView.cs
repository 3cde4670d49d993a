using CacheOrleans.Breaker;

namespace CacheOrleans.Grains.Breaker;

/// <summary>Tells what this silo does with calls to the store.</summary>
public interface IBreakerView
{
    /// <summary>What it does at this moment; never waits.</summary>
    BreakerView View { get; }
}
