using CacheOrleans.Silo.Configuration;

namespace CacheOrleans.Silo.Tests.Configuration;

public sealed class RedisEndpointsTests
{
    [Theory]
    [InlineData("redis", "redis:6379")]
    [InlineData("Redis:6380,password=a:b", "redis:6380")]
    [InlineData("a:1, b:2 ,ssl=true", "a:1 b:2")]
    [InlineData("[::1]:7000", "::1:7000")]
    [InlineData("::1", "::1:6379")]
    [InlineData("password=only", "")]
    public void Read_ConnectionString_ReturnsTheServers(string connectionString, string expected) =>
        Assert.Equal(
            expected, string.Join(' ', RedisEndpoints.Read(connectionString).Select(one => $"{one.Host}:{one.Port}")));

    [Theory]
    [InlineData("a:1", "a:1,password=x", true)]
    [InlineData("a", "A:6379", true)]
    [InlineData("a:1,b:1", "c:1,b:1", true)]
    [InlineData("a:1", "a:2", false)]
    public void Share_ConnectionStrings_ComparesServersOnly(string left, string right, bool expected) =>
        Assert.Equal(expected, RedisEndpoints.Share(left, right));

    [Theory]
    [InlineData("a:1,ssl=true", true)]
    [InlineData("a:1, SSL = True", true)]
    [InlineData("a:1,ssl=false", false)]
    [InlineData("a:1", false)]
    public void IsTls_ConnectionString_ReadsTheOption(string connectionString, bool expected) =>
        Assert.Equal(expected, RedisEndpoints.IsTls(connectionString));
}
