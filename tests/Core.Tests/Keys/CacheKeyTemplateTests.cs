using CacheOrleans.Keys;

namespace CacheOrleans.Core.Tests.Keys;

public sealed class CacheKeyTemplateTests
{
    [Fact]
    [Trait("Row", "L6")]
    public void Fill_PutsTheValuesInPlace()
    {
        var template = CacheKeyTemplate.Parse("user:{user_id}:page:{page}");
        Assert.Equal(["user_id", "page"], template.Parameters);
        Assert.Equal("user:42:page:3", template.Fill(CacheKey.Parse("u/v1?user_id=42&page=3")));
    }

    [Theory]
    [InlineData("{x}:{y}", "1:2", "3", "1%3A2:3")]
    [InlineData("{x}:{y}", "1", "2:3", "1:2%3A3")]
    [InlineData("{x}_{y}", "1_2", "3", "1%5F2_3")]
    [InlineData("{x}_{y}", "1%5F2", "3", "1%255F2_3")]
    [InlineData("{x}:{y}", "1_2", "-.~", "1_2:-.~")]
    public void Fill_ValuesContainTheSeparator_EscapesIt(string template, string x, string y, string text) =>
        Assert.Equal(
            text, CacheKeyTemplate.Parse(template).Fill(CacheKey.Create("c", 1, new("x", x), new("y", y))));

    [Theory]
    [InlineData("{x}{y}", "separator")]
    [InlineData("{x}and{y}", "separator")]
    [InlineData("{x", "unmatched")]
    [InlineData("x}", "unmatched")]
    [InlineData("{x}}", "unmatched")]
    [InlineData("{}", "parameter name")]
    [InlineData("{{x}}", "parameter name")]
    [InlineData("{a b}", "parameter name")]
    [InlineData("{x}:{x}", "twice")]
    [InlineData("{version}", "reserved")]
    [InlineData("a%b", "U+0025")]
    [InlineData("a b", "U+0020")]
    [InlineData("a\nb", "U+000A")]
    [InlineData("나라:{x}", "U+B098")]
    public void Parse_InvalidTemplate_SaysWhy(string text, string message)
    {
        var error = Assert.Throws<ArgumentException>(() => CacheKeyTemplate.Parse(text));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void Parse_EmptyText_IsRefused(string text) =>
        Assert.Throws<ArgumentException>(() => CacheKeyTemplate.Parse(text));

    [Theory]
    [InlineData("c/v1?x=1&y=2", null)]
    [InlineData("c/v3?y=2&x=1", "write it as 'c/v3?x=1&y=2'")]
    [InlineData("c/v1?x=1", "needs the parameter 'y'")]
    [InlineData("c/v1", "needs the parameter 'x'")]
    [InlineData("c/v1?x=1&y=2&z=3", "no parameter 'z'; it takes x, y")]
    [InlineData("c/v1?x=1&Y=2", "needs the parameter 'y'")]
    public void Check_AnyKey_SaysWhatDiffers(string key, string? message)
    {
        var error = CacheKeyTemplate.Parse("{x}:{y}").Check(CacheKey.Parse(key));
        if (message is null)
        {
            Assert.Null(error);
            return;
        }

        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_TemplateTakesNoParameters_SaysSo() => Assert.Equal(
        "Cache 'home' has no parameter 'x'; it takes none.",
        CacheKeyTemplate.Parse("home").Check(CacheKey.Parse("home/v1?x=1")));
}
