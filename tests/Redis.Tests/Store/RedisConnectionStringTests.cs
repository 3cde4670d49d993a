using CacheOrleans.Redis.Store;

namespace CacheOrleans.Redis.Tests.Store;

public sealed class RedisConnectionStringTests
{
    [Theory]
    [InlineData("localhost:6379,passwrd=s3cret", "localhost:6379,passwrd=***")]
    [InlineData("localhost:6379,password=s3cret,connectTimeout=soon", "localhost:6379,password=***")]
    [InlineData("localhost:6379,ssl=true,password=a,s3cret=,foo=1", "localhost:6379,ssl=***,password=***")]
    [InlineData("redis://user:s3cret@cache:6379", "***@cache:6379")]
    [InlineData("redis://user:s3cret,b@cache:6379,ssl=true", "***@cache:6379,ssl=***")]
    [InlineData("redis://user:s3cret=@cache:6379", "***")]
    [InlineData("user:s3cret@cache:6379,name=a@b", "***@cache:6379,name=***")]
    [InlineData("user:s3cret,b@cache:6379=", "***")]
    [InlineData("user:s3cret=@cache:6379", "***=***")]
    [InlineData("redis://user:x@cache:6379,password=a@s3cret", "***")]
    [InlineData("user:s3cret,b@cache:6379", "***@cache:6379")]
    [InlineData("user:s3cret@cache:6379", "***@cache:6379")]
    [InlineData("password=s3cret", "password=***")]
    [InlineData("::::", "::::")]
    [InlineData("localhost:6379,a b:6379,password=s3cret", "localhost:6379,a b:6379,password=***")]
    public void Parse_MalformedText_NamesItWithoutItsSecrets(string text, string shown)
    {
        var exception = Assert.Throws<ArgumentException>(() => RedisConnectionString.Parse(text));
        Assert.Contains($"'{shown}'", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Parse_EmptyText_SaysSo(string? text) =>
        Assert.Contains("empty", Assert.Throws<ArgumentException>(() => RedisConnectionString.Parse(text)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("redis_cache:6379")]
    [InlineData("cache.example,10.0.0.1:6380")]
    [InlineData("[::1]:6379")]
    [InlineData("!/var/run/redis.sock")]
    public void Parse_HostsAndAddresses_AcceptsThem(string text) =>
        Assert.NotEmpty(RedisConnectionString.Parse(text).EndPoints);

    [Fact]
    public void Parse_ValidText_KeepsItsOptions() =>
        Assert.Equal("s3cret", RedisConnectionString.Parse("localhost:6379,password=s3cret").Password);
}
