using CacheOrleans.Silo.Security;
using Microsoft.AspNetCore.Http;

namespace CacheOrleans.Silo.Tests.Security;

public sealed class RequestRulesTests
{
    [Theory]
    [InlineData("localhost:8080")]
    [InlineData("LOCALHOST:8080")]
    [InlineData("app.localhost")]
    [InlineData("127.0.0.1:8080")]
    [InlineData("127.9.9.9")]
    [InlineData("[::1]:8080")]
    [InlineData("10.0.0.1:8080")]
    [InlineData("[2001:db8::1]:8080")]
    [InlineData("cache.example:8080")]
    public void CheckHost_OwnNameOrAddress_IsAllowed(string host) => Assert.Null(CheckHost(host));

    [Theory]
    [InlineData("", "host")]
    [InlineData("evil.example:8080", "evil.example")]
    [InlineData("localhost.evil.example", "evil.example")]
    [InlineData("127.0.0.1.evil.example", "evil.example")]
    public void CheckHost_AnotherName_IsNamed(string host, string named) =>
        Assert.Contains(named, CheckHost(host), StringComparison.Ordinal);

    [Theory]
    [InlineData("localhost:8080", "http://localhost:8080")]
    [InlineData("localhost:80", "http://localhost")]
    [InlineData("cache.example", "http://cache.example")]
    [InlineData("10.0.0.1:8080", "http://10.0.0.1:8080")]
    public void CheckOrigin_OwnPage_IsAllowed(string host, string origin) => Assert.Null(CheckOrigin(host, origin));

    [Theory]
    [InlineData("localhost:8080", "null", "'null'")]
    [InlineData("localhost:8080", "", "origin")]
    [InlineData("localhost:8080", "http://evil.example", "evil.example")]
    [InlineData("localhost:8080", "https://localhost:8080", "https://localhost:8080")]
    [InlineData("localhost:8080", "http://localhost:8081", "8081")]
    [InlineData("localhost:8080", "http://127.0.0.1:8080", "127.0.0.1")]
    [InlineData("localhost:8080", "http://localhost:8080/page", "page")]
    [InlineData("localhost:8080", "http://localhost:8080,http://evil.example", "evil")]
    [InlineData("localhost:8080", "http://localhost:8080@evil.example", "evil")]
    [InlineData("localhost:8080", "http://xn--a", "xn--a")]
    public void CheckOrigin_AnotherPage_IsNamed(string host, string origin, string named) =>
        Assert.Contains(named, CheckOrigin(host, origin), StringComparison.Ordinal);

    [Theory]
    [InlineData("GET", false)]
    [InlineData("HEAD", false)]
    [InlineData("OPTIONS", false)]
    [InlineData("PUT", true)]
    [InlineData("POST", true)]
    [InlineData("PATCH", true)]
    [InlineData("DELETE", true)]
    [InlineData("ANYTHING", true)]
    public void IsChange_ByMethod_IsFalseForSafeMethods(string method, bool expected) =>
        Assert.Equal(expected, RequestRules.IsChange(method));

    private static string? CheckHost(string host) => RequestRules.CheckHost(new HostString(host), ["cache.example"]);

    private static string? CheckOrigin(string host, string origin) =>
        RequestRules.CheckOrigin("http", new HostString(host), origin);
}
