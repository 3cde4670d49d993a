using CacheOrleans.Keys;

namespace CacheOrleans.Core.Tests.Keys;

public sealed class CacheLimitsTests
{
    private readonly CacheLimits _limits = new();

    [Fact]
    public void Check_LongKey_NamesLimitAndOption()
    {
        const int prefix = 7; // c/v1?x=
        Assert.Null(_limits.Check(KeyOf(new string('a', 1024 - prefix))));
        var error = _limits.Check(KeyOf(new string('a', 1025 - prefix)));
        Assert.Equal("A key of cache 'c' has 1025 characters; the limit is 1024 (Limits:MaxKeyLength).", error);
    }

    [Fact]
    public void Check_CountsTheCanonicalText() =>
        Assert.NotNull(_limits.Check(KeyOf(new string('한', 200)))); // nine characters each, when encoded

    [Theory]
    [InlineData("a\nb")]
    [InlineData("\0")]
    [InlineData("\u007F")]
    [InlineData("\u0085")]
    public void Check_ControlCharacter_NamesParameterAndOption(string value)
    {
        var error = _limits.Check(KeyOf(value));
        Assert.Contains("'x' of cache 'c' contains a control character", error, StringComparison.Ordinal);
        Assert.Contains("Limits:AllowControlCharacters", error, StringComparison.Ordinal);
        Assert.Null(new CacheLimits { AllowControlCharacters = true }.Check(KeyOf(value)));
    }

    [Fact]
    public void CheckValue_OverTheLimit_NamesLimitAndOption()
    {
        Assert.Null(_limits.CheckValue("c", 1024 * 1024));
        Assert.Equal(
            "A value of cache 'c' has 1048577 bytes; the limit is 1048576 (Limits:MaxValueBytes).",
            _limits.CheckValue("c", (1024 * 1024) + 1));
    }

    private static CacheKey KeyOf(string value) => CacheKey.Create("c", 1, new CacheKeyParameter("x", value));
}
