using CacheOrleans.Silo.Security;
using Microsoft.AspNetCore.Http;

namespace CacheOrleans.Silo.Tests.Security;

public sealed class RequestRulesTests
{
    [Theory]
    [InlineData("localhost:8080", null)]
    [InlineData("LOCALHOST:8080", null)]
    [InlineData("app.localhost", null)]
    [InlineData("127.0.0.1:8080", null)]
    [InlineData("127.9.9.9", null)]
    [InlineData("[::1]:8080", null)]
    [InlineData("cache.example:8080", null)]
    [InlineData("localhost:8080", "http://localhost:8080")]
    [InlineData("localhost:80", "http://localhost")]
    [InlineData("cache.example", "http://cache.example")]
    public void CheckChange_FromHere_IsAllowed(string host, string? origin) =>
        Assert.Null(Check(host, origin));

    [Theory]
    [InlineData("", null, "host")]
    [InlineData("evil.example:8080", null, "evil.example")]
    [InlineData("evil.example:8080", "http://evil.example:8080", "evil.example")]
    [InlineData("localhost.evil.example", null, "evil.example")]
    [InlineData("10.0.0.1:8080", null, "10.0.0.1")]
    [InlineData("0.0.0.0:8080", null, "0.0.0.0")]
    [InlineData("localhost:8080", "null", "'null'")]
    [InlineData("localhost:8080", "", "origin")]
    [InlineData("localhost:8080", "http://evil.example", "evil.example")]
    [InlineData("localhost:8080", "https://localhost:8080", "https://localhost:8080")]
    [InlineData("localhost:8080", "http://localhost:8081", "8081")]
    [InlineData("localhost:8080", "http://127.0.0.1:8080", "127.0.0.1")]
    [InlineData("localhost:8080", "http://localhost:8080/page", "page")]
    [InlineData("localhost:8080", "http://localhost:8080,http://evil.example", "evil")]
    [InlineData("localhost:8080", "http://localhost:8080@evil.example", "evil")]
    public void CheckChange_FromElsewhere_SaysWhatIsForeign(string host, string? origin, string named) =>
        Assert.Contains(named, Check(host, origin), StringComparison.Ordinal);

    [Theory]
    [InlineData("GET", false)]
    [InlineData("HEAD", false)]
    [InlineData("OPTIONS", false)]
    [InlineData("PUT", true)]
    [InlineData("POST", true)]
    [InlineData("PATCH", true)]
    [InlineData("DELETE", true)]
    [InlineData("ANYTHING", true)]
    public void IsChange_KnowsSafeMethods(string method, bool expected) =>
        Assert.Equal(expected, RequestRules.IsChange(method));

    private static string? Check(string host, string? origin) =>
        RequestRules.CheckChange("http", new HostString(host), origin, ["cache.example"]);
}
