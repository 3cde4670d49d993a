using CacheOrleans.Breaker;

namespace CacheOrleans.Grains.Breaker;

/// <summary>Shows how this silo's breaker treats calls to the store.</summary>
public interface IBreakerView
{
    /// <summary>The breaker state that the silo applies at this moment; reading it never blocks.</summary>
    BreakerView View { get; }
}
