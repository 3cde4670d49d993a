using System.Text;
using CacheOrleans.Silo.Configuration;
using CacheOrleans.Silo.Security;
using Microsoft.AspNetCore.Http;

namespace CacheOrleans.Silo.Tests.Security;

public sealed class ApiKeysTests
{
    private readonly ApiKeys _keys = ApiKeys.Of(new HttpSettings
    {
        Keys =
        {
            ["door"] = new HttpKey { Key = "sésame:open", Role = HttpRole.Write },
            ["former"] = new HttpKey { Key = "sesame", Role = HttpRole.Read },
        },
    });

    [Theory]
    [InlineData("sésame:open", "door")]
    [InlineData("sesame", "former")]
    [InlineData("sésame:ope", null)]
    [InlineData("SÉSAME:OPEN", null)]
    [InlineData("", null)]
    public void Find_Key_ReturnsItsOwner(string given, string? name) =>
        Assert.Equal(name, _keys.Find(given)?.Identity?.Name);

    [Fact]
    public void Find_Key_ReturnsItsRole()
    {
        var owner = _keys.Find("sésame:open")!;

        Assert.True(owner.IsInRole(HttpAccess.Write));
        Assert.False(owner.IsInRole(HttpAccess.Operate));
    }

    [Theory]
    [InlineData("any:sésame:open", "sésame:open")]
    [InlineData(":sésame:open", "sésame:open")]
    [InlineData("sésame:open", "open")]
    [InlineData("nothing", null)]
    public void Read_BasicAuthorization_UsesThePasswordAsTheKey(string credentials, string? key)
    {
        var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials));

        Assert.Equal(key, ApiKeyHandler.Read(new HeaderDictionary { ["Authorization"] = basic }).SingleOrDefault());
    }

    [Theory]
    [InlineData("Basic ???")]
    [InlineData("Basic")]
    [InlineData("Bearer sésame:open")]
    public void Read_OtherAuthorization_FindsNoKey(string authorization) =>
        Assert.Empty(ApiKeyHandler.Read(new HeaderDictionary { ["Authorization"] = authorization }));

    [Fact]
    public void Read_HeaderAndBasic_FindsBoth()
    {
        var basic = "Basic " + Convert.ToBase64String("any:other"u8);

        Assert.Equal(["sesame", "other"], ApiKeyHandler.Read(new HeaderDictionary
        {
            [ApiKeyHandler.HeaderName] = "sesame",
            ["Authorization"] = basic,
        }));
    }
}
