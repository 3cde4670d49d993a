using CacheOrleans.Keys;

namespace CacheOrleans.Core.Tests.Keys;

public sealed class CacheKeyTests
{
    [Fact]
    [Trait("Row", "L6")]
    public void Create_WithParameters_WritesThemInTheGivenOrder() => Assert.Equal(
        "user_object/v2?user_id=42&lang=ko",
        CacheKey.Create("user_object", 2, new("user_id", "42"), new("lang", "ko")).Text);

    [Fact]
    public void Create_WithoutParameters_HasNoQuestionMark() =>
        Assert.Equal("home/v1", CacheKey.Create("home", 1).Text);

    [Theory]
    [InlineData("", "c/v1?x=")]
    [InlineData("a b", "c/v1?x=a%20b")]
    [InlineData("대한민국", "c/v1?x=%EB%8C%80%ED%95%9C%EB%AF%BC%EA%B5%AD")]
    [InlineData("😀", "c/v1?x=%F0%9F%98%80")]
    [InlineData("a=1&y=2?", "c/v1?x=a%3D1%26y%3D2%3F")]
    [InlineData("100%", "c/v1?x=100%25")]
    [InlineData("-_.~", "c/v1?x=-_.~")]
    public void Create_WithAnyText_PercentEncodesIt(string value, string text)
    {
        var key = CacheKey.Create("c", 1, new CacheKeyParameter("x", value));
        Assert.Equal(text, key.Text);
        Assert.Equal(value, CacheKey.Parse(text).Parameters[0].Value);
    }

    [Fact]
    public void Create_WithHalfASurrogatePair_IsRefused()
    {
        // These are not attribute arguments, because those are stored as UTF-8, which has no lone surrogates.
        foreach (var value in (string[])["\uD800", "a\uDC00b", "\uDC00\uD800", "😀\uD83D"])
        {
            var error = Assert.Throws<ArgumentException>(
                () => CacheKey.Create("c", 1, new CacheKeyParameter("x", value)));
            Assert.Contains("'x'", error.Message, StringComparison.Ordinal);
            Assert.Contains("surrogate", error.Message, StringComparison.Ordinal);
            Assert.False(CacheKey.TryParse($"c/v1?x={value}", out _, out _));
        }
    }

    [Fact]
    public void Create_WithANullValue_IsRefusedByName()
    {
        var error = Assert.Throws<ArgumentException>(() => CacheKey.Create("c", 1, new CacheKeyParameter("x", null!)));
        Assert.Contains("'x' is null", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "x", 1, "cache name")]
    [InlineData("a/b", "x", 1, "cache name")]
    [InlineData("é", "x", 1, "cache name")]
    [InlineData("c", "", 1, "parameter name")]
    [InlineData("c", "1x", 1, "parameter name")]
    [InlineData("c", "x-y", 1, "parameter name")]
    [InlineData("c", "version", 1, "reserved")]
    [InlineData("c", "x", 0, "1 or more; got 0")]
    [InlineData("c", "x", -1, "1 or more; got -1")]
    public void Create_WithABadPart_SaysWhich(string name, string parameter, int version, string message)
    {
        var error = Assert.Throws<ArgumentException>(
            () => CacheKey.Create(name, version, new CacheKeyParameter(parameter, "1")));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_WithNamesUpToTheLongestLength_IsAllowed()
    {
        var longest = new string('n', 64);
        Assert.Equal(longest, CacheKey.Create(longest, 1, new CacheKeyParameter(longest, "1")).Name);
        Assert.Throws<ArgumentException>(() => CacheKey.Create(longest + "n", 1));
        Assert.Throws<ArgumentException>(() => CacheKey.Create("c", 1, new CacheKeyParameter(longest + "n", "1")));
    }

    [Fact]
    public void Create_WithAParameterTwice_SaysWhich()
    {
        var error = Assert.Throws<ArgumentException>(() => CacheKey.Create("c", 1, new("x", "1"), new("x", "2")));
        Assert.Contains("'x' is given twice", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("country/v01?code=KR", "country/v1?code=KR")]
    [InlineData("country/v1?code=%4BR", "country/v1?code=KR")]
    [InlineData("country/v1?code=%eb%8c%80", "country/v1?code=%EB%8C%80")]
    [InlineData("country/v1?code=대", "country/v1?code=%EB%8C%80")]
    [InlineData("country/v1?code=a b", "country/v1?code=a%20b")]
    [InlineData("country/v1?code=a+b", "country/v1?code=a%2Bb")]
    [InlineData("country/v1?code=a=b", "country/v1?code=a%3Db")]
    [InlineData("country/v1?code=%", "country/v1?code=%25")]
    [InlineData("country/v1?code=%FF", "country/v1?code=%25FF")]
    [InlineData("home/v1?", "home/v1")]
    [InlineData("home/v001?", "home/v1")]
    [InlineData("home/v1\0", "home/v1")]
    public void Parse_NonCanonicalForm_NamesTheCanonicalOne(string text, string canonical)
    {
        var error = Assert.Throws<ArgumentException>(() => CacheKey.Parse(text));
        Assert.Contains($"not canonical; write it as '{canonical}'", error.Message, StringComparison.Ordinal);
        Assert.Equal(canonical, CacheKey.Parse(canonical).Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("country")]
    [InlineData("country/")]
    [InlineData("country/v")]
    [InlineData("country/v-1")]
    [InlineData("country/v+1")]
    [InlineData("country/v 1")]
    [InlineData("country/v1.0")]
    [InlineData("country/v2147483648")]
    [InlineData("country/v\u0661")]
    [InlineData("/v1")]
    [InlineData("country/v0")]
    [InlineData("coun try/v1")]
    [InlineData("country/v1/v2")]
    [InlineData("country/V1")]
    [InlineData("country/v1?code")]
    [InlineData("country/v1?=KR")]
    [InlineData("country/v1?code=KR&")]
    [InlineData("country/v1?&code=KR")]
    [InlineData("country/v1?code=KR&code=KR")]
    [InlineData("country/v1??code=KR")]
    [InlineData("country/v1?version=2")]
    public void Parse_InvalidKey_SaysWhy(string text)
    {
        Assert.False(CacheKey.TryParse(text, out var key, out var error));
        Assert.Null(key);
        Assert.NotEmpty(error);
        Assert.StartsWith(error, Assert.Throws<ArgumentException>(() => CacheKey.Parse(text)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_VeryLongText_Succeeds()
    {
        var value = string.Concat(Enumerable.Repeat("긴 값", 50_000));
        var key = CacheKey.Create("c", 1, new CacheKeyParameter("x", value));
        Assert.Equal(value, CacheKey.Parse(key.Text).Parameters[0].Value);
    }

    [Fact]
    public void Equals_ComparesTheText()
    {
        var key = CacheKey.Create("c", 1, new CacheKeyParameter("x", "1"));
        Assert.Equal(key, CacheKey.Parse("c/v1?x=1"));
        Assert.Equal(key.GetHashCode(), CacheKey.Parse("c/v1?x=1").GetHashCode());
        Assert.NotEqual(key, CacheKey.Parse("c/v2?x=1"));
        Assert.NotEqual(key, CacheKey.Parse("C/v1?x=1"));
        Assert.False(key.Equals(null));
    }
}
