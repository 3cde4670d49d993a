using CacheOrleans.Alerts;
using CacheOrleans.Breaker;

namespace CacheOrleans.Settings.Tests;

public sealed class StrictSettingsTests
{
    [Fact]
    public void Check_TimeSpans_AreReturnedInTheFormThatBindingReads()
    {
        var spans = Check<BreakerOptions>(
            "Breaker", ("breakDuration", "90s"), ("SamplingDuration", "1.00:00:00"), ("FailureThreshold", "7"));

        Assert.Equal(new() { ["breakDuration"] = "00:01:30", ["SamplingDuration"] = "1.00:00:00" }, spans);
    }

    [Fact]
    public void Check_ListsAndOtherSections_AreNotChanged() =>
        Assert.Empty(Check<AlertOptions>(
            "Alerts", ("RedactionPatterns", null), ("RedactionPatterns:0", "a+"), ("Slack:WebhookUrl", "x")));

    [Fact]
    public void Check_NestedSections_AreCheckedToo()
    {
        Assert.Equal(
            new() { ["Inner:Length"] = "00:00:05" }, Check<Outer>("Outer", ("Inner", null), ("Inner:Length", "5s")));

        var error = Assert.Throws<FormatException>(
            () => Check<Outer>("Outer", ("Inner:Length", "30"), ("Inner:Lenght", "1")));
        Assert.Contains("Outer:Inner:Length: '30' has no unit", error.Message, StringComparison.Ordinal);
        Assert.Contains("did you mean Outer:Inner:Length?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_DictionaryOfSections_EachIsChecked()
    {
        Assert.Equal(
            new() { ["Named:a:Length"] = "00:00:05", ["Named:b:Length"] = "00:00:06" },
            Check<Outer>("Outer", ("Named", null), ("Named:a:Length", "5s"), ("Named:b:Length", "6s")));

        var error = Assert.Throws<FormatException>(() => Check<Outer>("Outer", ("Named:a:Lenght", "1")));
        Assert.Contains("did you mean Outer:Named:a:Length?", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Named:a:Day", "Sun", "Outer:Named:a:Day must be Sunday or Monday")]
    [InlineData("Inner:Day", "1", "Outer:Inner:Day must be Sunday or Monday")]
    [InlineData("Named:a", "x", "Outer:Named:a is a section, not a value: it contains Day, Length.")]
    [InlineData("Named", "x", "Outer:Named is a section, not a value: it contains named entries.")]
    [InlineData("List", "x", "Outer:List is a list: write Outer:List:0.")]
    [InlineData("Inner", "x", "Outer:Inner is a section, not a value: it contains Day, Length.")]
    public void Check_ValueThatBindingWouldIgnore_IsAnError(string name, string value, string expected)
    {
        var error = Assert.Throws<FormatException>(() => Check<Outer>("Outer", (name, value)));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_EnumName_IsAcceptedInAnyCase() =>
        Assert.Empty(Check<Outer>("Outer", ("Named:a:Day", "sunday")));

    [Theory]
    [InlineData("Treshold", "Breaker:Treshold is not a setting; did you mean Breaker:FailureThreshold?")]
    [InlineData("Patience", "Breaker:Patience is not a setting; the settings are: ")]
    [InlineData("Mixo", "Breaker:Mixo is not a setting; the settings are: ")]
    [InlineData("Quorum:Silos", "Breaker:Quorum:Silos is not a setting: Breaker:Quorum is a single value.")]
    public void Check_UnknownName_SuggestsTheNearest(string name, string expected)
    {
        var error = Assert.Throws<FormatException>(() => Check<BreakerOptions>("Breaker", (name, "1")));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_SeveralErrors_NamesEach()
    {
        var error = Assert.Throws<FormatException>(
            () => Check<AlertOptions>("Alerts", ("Cooldown", "24:00:00"), ("Quite", "00:01:00")));

        Assert.Contains("Alerts:Cooldown: '24:00:00'", error.Message, StringComparison.Ordinal);
        Assert.Contains("did you mean Alerts:QuietPeriod?", error.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, string?> Check<T>(
        string section, params (string Name, string? Value)[] settings) => StrictSettings.Check(
        section, settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)), typeof(T), "Slack");

    private sealed class Outer
    {
        public Part? Inner { get; set; }

        public IList<string> List { get; } = [];

        public IDictionary<string, Part> Named { get; } = new Dictionary<string, Part>();
    }

    private sealed class Part
    {
        public TimeSpan Length { get; set; }

        public DayOfWeek? Day { get; set; }
    }
}
