using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Sql.Tests;

public class SqlFallbackOptionsTests
{
    [Theory]
    [InlineData("MaxConcurrentSqliteStatements", "0")]
    [InlineData("MaxConcurrentSqliteStatements", "1025")]
    [InlineData("StartCheckTimeout", "00:00:00.050")]
    [InlineData("StartCheckTimeout", "00:02:00")]
    public void Validate_OutOfRange_NamesTheOption(string name, string value)
    {
        var exception = Assert.Throws<OptionsValidationException>(
            () => Options(($"{SqlFallbackOptions.SectionName}:{name}", value)));
        Assert.Contains($"SqlFallbacks:{name} must be", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("StartCheckTimeout", "5", "SqlFallbacks:StartCheckTimeout: '5' has no unit")]
    [InlineData("StartTimeout", "5s", "SqlFallbacks:StartTimeout is not a setting")]
    public void Read_UnclearSetting_SaysWhatToWrite(string name, string value, string message)
    {
        var exception = Assert.Throws<FormatException>(
            () => Options(($"{SqlFallbackOptions.SectionName}:{name}", value)));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_Defaults_AreInRange()
    {
        var options = Options();
        Assert.Equal(16, options.MaxConcurrentSqliteStatements);
        Assert.Equal(TimeSpan.FromSeconds(5), options.StartCheckTimeout);
    }

    private static SqlFallbackOptions Options(params (string Path, string Value)[] settings)
    {
        var services = new ServiceCollection().AddSqlFallbacks(SqlHost.Configuration(settings));
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<SqlFallbackOptions>>().Value;
    }
}
