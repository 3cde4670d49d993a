using CacheOrleans.Breaker;
using Microsoft.Extensions.Configuration;

namespace CacheOrleans.Settings.Tests;

public sealed class StrictConfigurationExtensionsTests
{
    [Fact]
    public void BindStrictly_SomeSettingsGiven_KeepsTheOthers()
    {
        var options = new BreakerOptions { Quorum = 7 };

        Configuration(("Breaker:BreakDuration", "90s"), ("Breaker:FailureThreshold", "3"), ("Other:Quorum", "1"))
            .BindStrictly("Breaker", options);

        Assert.Equal(
            new BreakerOptions { Quorum = 7, BreakDuration = TimeSpan.FromSeconds(90), FailureThreshold = 3 }, options);
    }

    [Fact]
    public void BindStrictly_NestedSection_IsReadByItsPath()
    {
        var options = new BreakerOptions();

        Configuration(("Outer:Breaker:BreakDuration", "5m")).BindStrictly("Outer:Breaker", options);

        Assert.Equal(TimeSpan.FromMinutes(5), options.BreakDuration);
    }

    [Theory]
    [InlineData("Breaker:Treshold", "5", "Breaker:Treshold is not a setting; did you mean Breaker:FailureThreshold?")]
    [InlineData("Breaker:BreakDuration", "30", "Breaker:BreakDuration: '30' has no unit")]
    [InlineData("Breaker:Quorum", "two", "Breaker:Quorum must be a whole number; it is 'two'.")]
    [InlineData("Breaker:BackoffMultiplier", "twice", "Breaker:BackoffMultiplier must be a number; it is 'twice'.")]
    public void BindStrictly_UnclearSetting_SaysWhatToWrite(string name, string value, string message)
    {
        var error = Assert.Throws<FormatException>(
            () => Configuration((name, value)).BindStrictly("Breaker", new BreakerOptions()));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Day", "monday", true)]
    [InlineData("Day", "1", false)]
    [InlineData("Day", "Someday", false)]
    [InlineData("IsOn", "True", true)]
    [InlineData("IsOn", "yes", false)]
    public void CheckStrictly_EnumsAndBooleans_AcceptOnlyTheirNames(string name, string value, bool isRead)
    {
        var error = Record.Exception(
            () => Configuration(($"Shop:{name}", value)).CheckStrictly("Shop", typeof(Shop)));

        Assert.Equal(isRead, error is null);
    }

    private static IConfiguration Configuration(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create(pair.Name, (string?)pair.Value)))
            .Build();

    private sealed class Shop
    {
        public DayOfWeek Day { get; set; }

        public bool? IsOn { get; set; }
    }
}
