using System.Text.RegularExpressions;
using System.Xml.Linq;
using CacheOrleans.Keys;

namespace CacheOrleans.Conventions;

/// <summary>Which projects may refer to which.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Core"] = [],
        ["Settings"] = [],
        ["Abstractions"] = ["Core"],
        ["Redis"] = ["Core", "Settings"],
        ["Sql"] = ["Core", "Settings"],
        ["Slack"] = ["Core", "Settings"],
        ["Tls"] = ["Settings"],
        ["Grains"] = ["Abstractions", "Core", "Settings"],
        ["Generators"] = [],
        ["Client"] = ["Abstractions", "Core", "Generators", "Settings", "Tls"],
        ["Silo"] = ["Grains", "Redis", "Sql", "Slack", "Tls", "Abstractions", "Core", "Settings", "Catalog"],
    };

    [Fact]
    public void ProjectReferences_FollowTheDocumentedArrows() => Repository.AssertNone(
        "A project of src refers to one it must not know. Allowed are: Core <- Abstractions <- Grains, Client; "
            + "Core <- Redis, Sql, Slack; Grains, Redis, Sql, Slack <- Silo; Tls <- Client, Silo; "
            + "Settings <- Grains, Client, Redis, Sql, Slack, Tls, Silo; samples/Catalog <- Silo; Client packs "
            + "Generators.",
        from project in Repository.Projects
        where project.StartsWith("src/", StringComparison.Ordinal)
        let name = project.Split('/')[1]
        from reference in References(project, "ProjectReference")
        let target = reference.Split('/', '\\')[^2]
        where !Arrows.TryGetValue(name, out var allowed) || !allowed.Contains(target)
        select $"{project}: {name} -> {target}");

    /// <remarks>Serializers of Core's records are generated within Core, because no other assembly can set init-only
    /// members. The generated code needs Orleans' serialization; Core's own code names only its attributes.</remarks>
    [Fact]
    public void Core_RefersToTheBaseClassLibraryOnly() => Repository.AssertNone(
        "Core refers only to the BCL and Orleans' serialization attributes.",
        typeof(CacheKey).Assembly.GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal)
                && name is not ("Orleans.Serialization" or "Orleans.Serialization.Abstractions"))
            .Concat(References("src/Core/CacheOrleans.Core.csproj", "PackageReference").Where(package =>
                package is not ("Microsoft.Orleans.Serialization" or "Microsoft.Orleans.CodeGenerator")))
            .Concat(Violations(file => file.Path.StartsWith("src/Core/", StringComparison.Ordinal), Orleans())));

    [Fact]
    public void StackExchangeRedis_IsNamedInRedisOnly() => Repository.AssertNone(
        "Only src/Redis names StackExchange.Redis, and the benchmarks' peers.",
        Violations(
            file => file.Path.StartsWith("src/", StringComparison.Ordinal)
                && !file.Path.StartsWith("src/Redis/", StringComparison.Ordinal),
            RedisClient())
            .Concat(Packages("StackExchange.Redis", "src/Redis/", "tests/")));

    [Fact]
    public void Garnet_IsUsedBySiloAndTestsOnly() => Repository.AssertNone(
        "Only the Silo and the tests refer to Microsoft.Garnet.",
        Packages("Microsoft.Garnet", "src/Silo/", "tests/"));

    [Fact]
    public void HttpClients_AreCreatedInSlackOnly() => Repository.AssertNone(
        "Only src/Slack refers to Microsoft.Extensions.Http.",
        from project in Repository.Projects
        where project.StartsWith("src/", StringComparison.Ordinal)
        where !project.StartsWith("src/Slack/", StringComparison.Ordinal)
        from package in References(project, "PackageReference")
        where package.StartsWith("Microsoft.Extensions.Http", StringComparison.Ordinal)
        select $"{project}: {package}");

    [Fact]
    public void Compiler_IsUsedByGeneratorsOnly() => Repository.AssertNone(
        "Only src/Generators and the tests refer to the compiler.",
        Packages("Microsoft.CodeAnalysis.CSharp", "src/Generators/", "tests/"));

    [Fact]
    public void Configuration_IsBoundInSettingsOnly() => Repository.AssertNone(
        "Sections are read by BindStrictly or AddStrictOptions, which src/Settings has.",
        Violations(
            file => file.Path.StartsWith("src/", StringComparison.Ordinal)
                && !file.Path.StartsWith("src/Settings/", StringComparison.Ordinal),
            Binding()));

    [Fact]
    public void Grains_ReachOtherSystemsThroughCoreOnly() => Repository.AssertNone(
        "Grains reach Redis, SQL and Slack through Core's interfaces.",
        Violations(file => file.Path.StartsWith("src/Grains/", StringComparison.Ordinal), OuterProjects()));

    private static IEnumerable<string> Packages(string package, params string[] allowed) =>
        from project in Repository.Projects
        where !allowed.Any(folder => project.StartsWith(folder, StringComparison.Ordinal))
        where References(project, "PackageReference").Contains(package)
        select $"{project}: {package}";

    private static IEnumerable<string> Violations(Func<SourceFile, bool> where, Regex pattern) =>
        from file in Repository.Sources
        where @where(file)
        from line in file.Numbered
        where pattern.IsMatch(line.Text)
        select $"{line.Where}: {line.Text.Trim()}";

    private static IEnumerable<string> References(string project, string element) => XDocument
        .Load(Path.Combine(Repository.Root, project))
        .Descendants(element)
        .Select(reference => (string?)reference.Attribute("Include") ?? string.Empty);

    [GeneratedRegex(@"\bOrleans\.")]
    private static partial Regex Orleans();

    [GeneratedRegex(@"\bStackExchange\.Redis[.;]")]
    private static partial Regex RedisClient();

    [GeneratedRegex(@"BindConfiguration\(|\.GetValue<|onfiguration\.Get<|[sS]ection(\(.*\))?\.(Get<|Bind\()")]
    private static partial Regex Binding();

    [GeneratedRegex(@"\bCacheOrleans\.(Redis|Sql|Slack|Silo)\b")]
    private static partial Regex OuterProjects();
}
