using CacheOrleans.Grains.Registration;
using Microsoft.Extensions.Configuration;

namespace CacheOrleans.Grains.Tests.Registration;

public sealed class ConfiguredCachesTests
{
    [Fact]
    [Trait("Row", "L7")]
    public void Read_CompleteCache_ReadsEverySetting()
    {
        var definition = Assert.Single(Read(
            ("Key", "country:{code}"), ("TimeToLive", "00:05:00"), ("NotFoundTimeToLive", "00:00:10"),
            ("FallbackTimeout", "00:00:03"), ("ContentType", "text/plain")));

        Assert.Equal(("country", "country:{code}"), (definition.Name, definition.Template.Text));
        Assert.Equal(TimeSpan.FromMinutes(5), definition.TimeToLive);
        Assert.Equal(TimeSpan.FromSeconds(10), definition.NotFoundTimeToLive);
        Assert.Equal(TimeSpan.FromSeconds(3), definition.FallbackTimeout);
        Assert.Equal("text/plain", definition.ContentType);
    }

    [Theory]
    [InlineData("Key", null, "'Caches:country:Key' is missing")]
    [InlineData("TimeToLive", null, "'Caches:country:TimeToLive' is missing")]
    [InlineData("TimeToLive", "00:00:00", "Cache 'country': TimeToLive must be from 00:00:00.001 to")]
    [InlineData("FallbackTimeout", "01:00:00", "Cache 'country': FallbackTimeout must be from 00:00:00.001 to")]
    [InlineData("Key", "country:{code", "Cache 'country': 'country:{code' is not a key template")]
    [InlineData("Key", "country:{version}", "'version' is reserved")]
    public void Read_InvalidSetting_SaysWhichAndWhy(string setting, string? value, string message)
    {
        (string, string?)[] settings = [("Key", "country:{code}"), ("TimeToLive", "00:05:00"), (setting, value)];

        var error = Assert.Throws<InvalidOperationException>(() => Read(settings));

        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TimeToLive", "300", "Caches:country:TimeToLive: '300' has no unit: write 300s")]
    [InlineData("TimeToLive", "soon", "Caches:country:TimeToLive: 'soon' is not a time such as")]
    [InlineData("TimeToLve", "5m", "did you mean Caches:country:TimeToLive?")]
    public void Read_UnclearSetting_SaysWhatToWrite(string setting, string value, string message)
    {
        (string, string?)[] settings = [("Key", "country:{code}"), ("TimeToLive", "00:05:00"), (setting, value)];

        var error = Assert.Throws<FormatException>(() => Read(settings));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TimeWithAUnit_IsAccepted() =>
        Assert.Equal(TimeSpan.FromMinutes(5), Assert.Single(Read(("Key", "c"), ("TimeToLive", "5m"))).TimeToLive);

    [Fact]
    public void Registry_CacheDeclaredTwice_NamesIt()
    {
        var definition = Read(("Key", "c"), ("TimeToLive", "00:05:00"))[0];

        var error = Assert.Throws<InvalidOperationException>(() => new CacheRegistry([definition, definition], []));

        Assert.Contains("'country' is declared twice", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Registry_LoaderWithoutCache_NamesBoth()
    {
        var definition = Read(("Key", "c"), ("TimeToLive", "00:05:00"))[0];

        var error = Assert.Throws<InvalidOperationException>(() => new CacheRegistry([definition], [new("city")]));

        Assert.Contains("'city', which is not declared", error.Message, StringComparison.Ordinal);
        Assert.Contains("Declared caches: country", error.Message, StringComparison.Ordinal);
    }

    private static List<Definitions.CacheDefinition> Read(params (string Name, string? Value)[] settings)
    {
        var values = new Dictionary<string, string?>();
        foreach (var (name, value) in settings)
        {
            values[$"Caches:country:{name}"] = value;
        }

        return [.. ConfiguredCaches.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build())];
    }
}
