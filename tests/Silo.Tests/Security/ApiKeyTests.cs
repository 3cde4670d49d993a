using System.Text;
using CacheOrleans.Silo.Security;
using Microsoft.AspNetCore.Http;

namespace CacheOrleans.Silo.Tests.Security;

public sealed class ApiKeyTests
{
    private readonly ApiKey _key = new("sésame:open");

    [Theory]
    [InlineData("sésame:open", true)]
    [InlineData("sésame:ope", false)]
    [InlineData("SÉSAME:OPEN", false)]
    [InlineData("", false)]
    public void Matches_Header_OnlyTheKey(string given, bool expected) =>
        Assert.Equal(expected, _key.Matches(new HeaderDictionary { [ApiKey.HeaderName] = given }));

    [Theory]
    [InlineData("any:sésame:open", true)]
    [InlineData(":sésame:open", true)]
    [InlineData("sésame:open", false)]
    [InlineData("nothing", false)]
    public void Matches_Basic_ThePasswordIsTheKey(string credentials, bool expected)
    {
        var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials));

        Assert.Equal(expected, _key.Matches(new HeaderDictionary { ["Authorization"] = basic }));
    }

    [Theory]
    [InlineData("Basic ???")]
    [InlineData("Basic")]
    [InlineData("Bearer sésame:open")]
    public void Matches_OtherAuthorization_IsRefused(string authorization) =>
        Assert.False(_key.Matches(new HeaderDictionary { ["Authorization"] = authorization }));

    [Fact]
    public void Matches_NoHeaders_IsRefused() => Assert.False(_key.Matches(new HeaderDictionary()));
}
