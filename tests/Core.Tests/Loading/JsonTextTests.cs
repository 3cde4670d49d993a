using System.Text;
using CacheOrleans.Loading;

namespace CacheOrleans.Core.Tests.Loading;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("null")]
    [InlineData(" {\"a\": [1, \"대\"]}\n")]
    [InlineData("\"\"")]
    public void Check_ValidJson_FindsNothing(string text) => Assert.Null(Check(text));

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    public void Check_EmptyText_SaysThatItIsEmpty(string text) =>
        Assert.Equal("is empty, which is not JSON", Check(text));

    [Theory]
    [InlineData("{no", "is not JSON at line 1, byte 2")]
    [InlineData("[1,\n 2", "is not JSON at line 2, byte 3")]
    [InlineData("1 2", "is not JSON at line 1, byte 3")]
    public void Check_InvalidJson_SaysWhere(string text, string problem) => Assert.Equal(problem, Check(text));

    [Theory]
    [InlineData("[", "]", "")]
    [InlineData("{\"a\":", "}", "0")]
    public void Check_NestedJson_AllowsSixtyFourLevels(string open, string close, string within)
    {
        Assert.Null(Check(Nested(64)));
        Assert.Equal("is nested 65 levels deep; JSON here has at most 64", Check(Nested(65)));
        Assert.Equal("is nested 5000 levels deep; JSON here has at most 64", Check(Nested(5000)));
        Assert.StartsWith("is not JSON at", Check(Nested(65) + "x"), StringComparison.Ordinal);

        string Nested(int levels) =>
            string.Concat(Enumerable.Repeat(open, levels)) + within + string.Concat(Enumerable.Repeat(close, levels));
    }

    private static string? Check(string text) => JsonText.Check(Encoding.UTF8.GetBytes(text));
}
