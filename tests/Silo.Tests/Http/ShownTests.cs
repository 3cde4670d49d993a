using CacheOrleans.Breaker;
using CacheOrleans.Silo.Http;

namespace CacheOrleans.Silo.Tests.Http;

public sealed class ShownTests
{
    [Theory]
    [InlineData(BreakerState.Closed, "closed")]
    [InlineData(BreakerState.Open, "open")]
    [InlineData(BreakerState.HalfOpen, "halfOpen")]
    [InlineData(BreakerState.Isolated, "isolated")]
    [InlineData(BreakerState.Disabled, "disabled")]
    public void Name_EachState_IsCamelCase(BreakerState state, string name) => Assert.Equal(name, Shown.Name(state));
}
