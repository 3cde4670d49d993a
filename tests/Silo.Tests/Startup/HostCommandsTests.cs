using System.Reflection;
using CacheOrleans.Alerts;
using CacheOrleans.Grains;
using CacheOrleans.Redis;
using CacheOrleans.Silo.Configuration;
using CacheOrleans.Silo.Startup;
using CacheOrleans.Slack;
using CacheOrleans.Sql;
using CacheOrleans.Tls;

namespace CacheOrleans.Silo.Tests.Startup;

public sealed class HostCommandsTests
{
    private static readonly Assembly[] Assemblies =
    [
        typeof(AlertOptions).Assembly, typeof(CacheOrleansBuilder).Assembly, typeof(RedisOptions).Assembly,
        typeof(SlackOptions).Assembly, typeof(SqlFallbackOptions).Assembly, typeof(ClusterTls).Assembly,
        typeof(HostSettings).Assembly,
    ];

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("seed-catalog", "--help")]
    public async Task Help_ListsEverySetting_OfEveryOptionsType(params string[] args)
    {
        var (code, output, error) = await RunAsync(args);

        Assert.Equal((ExitCode.Success, ""), (code, error));
        var sections = Assemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.GetField("SectionName") is { IsLiteral: true })
            .ToList();
        Assert.True(sections.Count > 10);
        var names = output.Split('\n').Select(line => line.Trim().Split('=')[0]).ToHashSet();
        Assert.All(sections.Append(typeof(HostSettings)), type =>
        {
            var section = SettingSection.All.Single(section => section.Options == type);
            Assert.All(section.Names, name => Assert.Contains(name, names));
        });
    }

    [Fact]
    public void EverySetting_HasADescription() => Assert.All(
        SettingDescription.All, setting => Assert.True(setting.Meaning.Length > 20, $"{setting.Name} has none"));

    [Theory]
    [InlineData("  Breaker:FailureThreshold=11\n      How many failures within SamplingDuration open the breaker.")]
    [InlineData("  Redis:ReadTimeout=00:00:00.25\n")]
    [InlineData("  Http:ReadsNeedKey\n")]
    [InlineData("  Http:Keys:{name}:Role\n      What the key allows: read, write or operate; required.\n")]
    [InlineData("  Alerts:Log=true\n")]
    [InlineData("  Caches:{name}:Fallback:Sql\n")]
    [InlineData("  Urls=http://localhost:8080\n")]
    [InlineData("  make-certificates <folder> <clients>  Creates a certificate")]
    [InlineData("  seed-catalog <settings> ")]
    public async Task Help_ShowsCommands_AndDefaultsAndDescriptionsOfSettings(string part) =>
        Assert.Contains(part, (await RunAsync("--help")).Output, StringComparison.Ordinal);

    [Fact]
    public async Task Help_CommandWithoutSettings_ListsNoSettings()
    {
        var (code, output, _) = await RunAsync("make-certificates", "--help");

        Assert.Equal(ExitCode.Success, code);
        Assert.Contains("<folder>", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Breaker:", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_IsOneLine()
    {
        var (code, output, error) = await RunAsync("--version");

        Assert.Equal((ExitCode.Success, ""), (code, error));
        Assert.Matches(@"^\d+\.\d+\.\d+\S*\s*$", output);
    }

    [Theory]
    [InlineData("'make-certificate' is neither a command nor a setting; did you mean make-certificates?",
        "make-certificate", "x")]
    [InlineData("'start' is neither a command nor a setting.", "start")]
    [InlineData("'--hlep' is not a setting; did you mean --help?", "--hlep")]
    [InlineData("'--verison' is not a setting; did you mean --version?", "--verison")]
    [InlineData("'--Braeker:FailureThreshold' is not a setting; did you mean --Breaker:FailureThreshold?",
        "--Braeker:FailureThreshold", "5")]
    [InlineData("'/url' is not a setting; did you mean /Urls?", "/url=http://localhost:1")]
    [InlineData("'-Http:StopDelay' is not a setting; did you mean --Http:StopDelay?", "-Http:StopDelay=x")]
    [InlineData("'Http:StopDelay' is neither a command nor a setting.", "Http:StopDelay")]
    [InlineData("'--Http:StopDelay' has no value.", "--Http:StopDelay")]
    [InlineData("seed-catalog comes first", "--contentRoot", "x", "seed-catalog")]
    [InlineData("Required argument 'folder' missing", "make-certificates")]
    [InlineData("'a/b' is not a valid client name", "make-certificates", "folder", "a/b")]
    [InlineData("did you mean --ConnectionStrings:Redis?", "seed-catalog", "--ConectionStrings:Redis", "x")]
    public async Task WrongArgument_IsAnError_ThatSuggestsTheNearest(string message, params string[] args)
    {
        var (code, output, error) = await RunAsync(args);

        Assert.Equal((ExitCode.Configuration, ""), (code, output));
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(character => character == '\n'));
    }

    [Theory]
    [InlineData]
    [InlineData(
        "--Http:StopDelay=a=b", "Caches:x:Key=x", "--urls", "http://localhost:1", "/Breaker:BreakDuration", "5s")]
    [InlineData("--Logging:LogLevel:Default=Debug", "--Kestrel:Endpoints:a:Url", "x", "--http_ports=1")]
    [InlineData("--environment", "Test", "--contentRoot=/app", "--connectionstrings:mine", "--x", "--Sample=true")]
    public void Check_ValidSettings_AreAccepted(params string[] args) => Assert.Null(SettingArguments.Check(args, []));

    [Fact]
    public async Task Settings_ReachTheHost_AndItsErrorIsTheExitCode()
    {
        var (code, _, _) = await RunAsync("--urls=http://0.0.0.0:0", "Embedded:RedisPort=1");

        Assert.Equal(ExitCode.Configuration, code);
    }

    [Fact]
    public async Task MakeCertificates_WritesTheCertificates()
    {
        var folder = Directory.CreateTempSubdirectory("cacheorleans-");

        var (code, _, _) = await RunAsync("make-certificates", folder.FullName);
        var (again, _, _) = await RunAsync("make-certificates", folder.FullName, "shop");

        var files = folder.GetFiles("*.pem").Select(file => file.Name).Order();
        Assert.Equal((ExitCode.Success, ExitCode.Success), (code, again));
        Assert.Equal(["authority.pem", "client.pem", "shop.pem", "silo.pem"], files);
        folder.Delete(recursive: true);
    }

    private static async Task<(ExitCode Code, string Output, string Error)> RunAsync(params string[] args)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await using var error = new StringWriter { NewLine = "\n" };
        var code = await HostCommands.RunAsync(args, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
