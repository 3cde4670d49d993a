
namespace CacheOrleans.Settings.Tests;

public sealed class DurationTests
{
    [Theory]
    [InlineData("00:00:30", "00:00:30")]
    [InlineData("23:59:59.9999999", "23:59:59.9999999")]
    [InlineData("1.12:00:00", "1.12:00:00")]
    [InlineData("3650.00:00:00", "3650.00:00:00")]
    [InlineData("-00:00:01", "-00:00:01")]
    [InlineData(" 5m ", "00:05:00")]
    [InlineData("250ms", "00:00:00.25")]
    [InlineData("1.5s", "00:00:01.5")]
    [InlineData("30 s", "00:00:30")]
    [InlineData("2h", "02:00:00")]
    [InlineData("24h", "1.00:00:00")]
    [InlineData("7d", "7.00:00:00")]
    public void Parse_ValidText_ReturnsTheDuration(string text, string expected) =>
        Assert.Equal(TimeSpan.Parse(expected, null), Duration.Parse(text));

    [Theory]
    [InlineData("24:00:00", "write 24h")]
    [InlineData("90:00:00", "write 90h")]
    [InlineData("25:30:00", "write days before a dot")]
    [InlineData("00:60:00", "write days before a dot")]
    [InlineData("30", "'30' has no unit: write 30s for seconds, or 30d for days.")]
    [InlineData("10:30", "write 10:30:00 for hours and minutes, or 00:10:30 for minutes and seconds")]
    [InlineData("soon", "'soon' is not a time such as")]
    [InlineData("", "'' is not a time such as")]
    [InlineData("30 minutes", "is not a time such as")]
    [InlineData("5M", "is not a time such as")]
    [InlineData("٣s", "is not a time such as")]
    [InlineData("99999999999999d", "is longer than")]
    public void Parse_AmbiguousOrInvalidText_IsRefused(string text, string expected)
    {
        var error = Assert.Throws<FormatException>(() => Duration.Parse(text));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
