using System.Text.RegularExpressions;
using CacheOrleans.Silo.Configuration;
using CacheOrleans.Silo.Startup;
using Microsoft.Extensions.Configuration;

namespace CacheOrleans.Silo.Tests.Configuration;

/// <summary>What can be checked of docker-compose.yml and the image without a container.</summary>
public sealed partial class ComposeFileTests
{
    private static readonly string Root = FindRoot();

    [Fact]
    public void EnvironmentOfASilo_HasSettingsThatTheHostKnows()
    {
        var settings = EnvironmentOfASilo();

        Assert.True(settings.Count > 5);
        Assert.Null(SettingArguments.Check([.. settings.Select(setting => $"--{setting.Key}={setting.Value}")], []));
        SettingSection.CheckAll(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
    }

    [Fact]
    public void Image_IsBuiltFromAllProjectsThatTheSiloRefersTo()
    {
        var copied = CopiedFolder().Matches(File.ReadAllText(Path.Combine(Root, "src/Silo/Dockerfile")))
            .Select(match => Path.Combine(Root, match.Groups["folder"].Value));

        Assert.All(
            Projects(Path.Combine(Root, "src/Silo/CacheOrleans.Silo.csproj")),
            project => Assert.Contains(copied, folder => project.StartsWith(folder, StringComparison.Ordinal)));
    }

    private static Dictionary<string, string?> EnvironmentOfASilo() =>
        File.ReadLines(Path.Combine(Root, "docker-compose.yml"))
            .SkipWhile(line => line != "  environment:").Skip(1)
            .TakeWhile(line => line.StartsWith("    ", StringComparison.Ordinal))
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .ToDictionary(
                setting => setting[0].Replace("__", ":", StringComparison.Ordinal),
                setting => (string?)setting[1].Trim('"'));

    private static IEnumerable<string> Projects(string project) =>
        Reference().Matches(File.ReadAllText(project))
            .Select(match => Path.GetFullPath(Path.Combine(project, "..", match.Groups["path"].Value)))
            .SelectMany(Projects).Prepend(project);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "docker-compose.yml")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    [GeneratedRegex("^COPY (?<folder>[^ -]+/) ", RegexOptions.Multiline)]
    private static partial Regex CopiedFolder();

    [GeneratedRegex("<ProjectReference Include=\"(?<path>[^\"]+)\"")]
    private static partial Regex Reference();
}
