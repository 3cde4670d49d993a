using CacheOrleans.Client.Adapters;
using CacheOrleans.Keys;

namespace CacheOrleans.Client.Tests.Adapters;

public sealed class AdapterKeysTests
{
    [Theory]
    [InlineData("user:42", "hybrid/v1?key=user%3A42")]
    [InlineData("", "hybrid/v1?key=")]
    [InlineData(" ", "hybrid/v1?key=%20")]
    [InlineData("서울", "hybrid/v1?key=%EC%84%9C%EC%9A%B8")]
    public void Make_ShortText_IsReadable(string text, string key) =>
        Assert.Equal(key, AdapterKeys.Make("hybrid", text).Text);

    [Theory]
    [InlineData("line\nbreak")]
    [InlineData("delete\u007f")]
    [InlineData("next\u0085line")]
    public void Make_TextNotAllowedInKeys_IsHashed(string text)
    {
        var key = AdapterKeys.Make("hybrid", text);

        Assert.Equal(2, key.Version);
        Assert.Matches("^[0-9a-f]{64}$", key.Parameters[0].Value);
        Assert.Equal(key, AdapterKeys.Make("hybrid", text));
    }

    [Fact]
    public void Make_LongestReadableText_IsReadable()
    {
        var text = new string('k', AdapterKeys.MaxReadable - "hybrid/v1?key=".Length);

        Assert.Equal(AdapterKeys.MaxReadable, AdapterKeys.Make("hybrid", text).Text.Length);
        Assert.Equal(2, AdapterKeys.Make("hybrid", text + "k").Version);
        Assert.Equal(2, AdapterKeys.Make("hybrid", text[1..] + "서").Version);
    }

    [Fact]
    public void Make_DifferentTexts_ReturnsDifferentKeys()
    {
        string[] texts =
        [
            "a", "A", "a ", "a\0", "a\n", "half \ud83d", "half \ud83e", "half \ufffd", new('k', 600), new('k', 601),
            AdapterKeys.Make("hybrid", "a\n").Parameters[0].Value,
        ];

        Assert.Equal(texts.Length, texts.Select(text => AdapterKeys.Make("hybrid", text)).Distinct().Count());
    }

    [Fact]
    public void Make_AnyText_StaysWithinTheLimits()
    {
        var limits = new CacheLimits();
        foreach (var text in new[] { "", "a\0b", "half \ud83d", new('서', 20_000), new('k', 100_000) })
        {
            var key = AdapterKeys.Make(new string('n', 64), text);

            Assert.Null(limits.Check(key));
            Assert.Equal(key, CacheKey.Parse(key.Text));
        }
    }
}
