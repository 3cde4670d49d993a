using System.Text;
using CacheOrleans.Alerts;
using CsCheck;

namespace CacheOrleans.Core.Tests.Alerts;

public sealed class TextCutTests
{
    private static readonly Gen<string> Texts = Gen
        .OneOf("a", "é", "😀", "👩‍🚀", "\uD83D", "\uDE00", "\n", "한")
        .Array[0, 20]
        .Select(string.Concat);

    [Theory]
    [InlineData("", 0, "")]
    [InlineData("abc", 0, "")]
    [InlineData("abc", 1, "…")]
    [InlineData("abc", 2, "a…")]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "ab…")]
    [InlineData("a😀b", 3, "a…")]
    [InlineData("a😀b", 4, "a😀b")]
    [InlineData("😀😀", 3, "😀…")]
    public void At_LongerText_CutsBetweenCharacters(string text, int length, string expected) =>
        Assert.Equal(expected, TextCut.At(text, length));

    [Fact]
    public void At_HalfASurrogatePair_ReplacesIt() => Assert.Equal("a\uFFFDb\uFFFD", TextCut.At("a\uD83Db\uDE00", 4));

    [Fact]
    public void At_AnyText_IsAValidBeginningWithinTheLimit() => Gen.Select(Texts, Gen.Int[0, 24]).Sample(
        (text, length) =>
        {
            var cut = TextCut.At(text, length);

            Assert.True(cut.Length <= length);
            Assert.Equal(cut, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(cut)));
            Assert.Equal(cut, TextCut.At(cut, length));
            Assert.StartsWith(
                cut.TrimEnd('…'),
                Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)),
                StringComparison.Ordinal);
            Assert.True(text.Length > length || cut.Length == text.Length);
            Assert.True(text.Length <= length || length < 2 || cut.Length >= length - 1);
        },
        iter: 10_000);
}
