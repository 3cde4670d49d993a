using CacheOrleans.Silo.Startup;

namespace CacheOrleans.Silo.Tests.Startup;

public sealed class BannerTests
{
    [Theory]
    [InlineData("http://localhost:8080", "http://localhost:8080")]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080")]
    [InlineData("http://0.0.0.0:8080", "http://localhost:8080")]
    [InlineData("http://[::]:8080", "http://localhost:8080")]
    [InlineData("http://*:8080", "http://localhost:8080")]
    public void Reachable_Wildcard_IsThisMachine(string url, string expected) =>
        Assert.Equal(expected, Banner.Reachable(url));
}
