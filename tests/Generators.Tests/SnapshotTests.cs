using CacheOrleans.Testing;

namespace CacheOrleans.Generators.Tests;

/// <summary>The generated code equals the reviewed snapshots and compiles without warnings.</summary>
public sealed class SnapshotTests
{
    /// <summary>If it is 1, the test writes the files instead of comparing them.</summary>
    private const string WriteVariable = "CACHEORLEANS_WRITE_SNAPSHOTS";

    private static readonly string Folder =
        Path.Combine(RepositoryRoot.Path, "tests", "Generators.Tests", "Snapshots");

    public static TheoryData<string> Names => [.. Directory.GetFiles(Folder, "*.source.txt")
        .Select(path => Path.GetFileName(path).Replace(".source.txt", string.Empty, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Generated_SnapshotSource_MatchesTheReviewedOne(string name)
    {
        var now = Generate(name).Text;
        var path = Path.Combine(Folder, $"{name}.generated.txt");
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
        {
            File.WriteAllText(path, now);
        }

        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), now);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Generated_SnapshotSource_CompilesWithoutWarnings(string name)
    {
        var generated = Generate(name);

        Assert.Empty(generated.Problems);
        Assert.Equal(string.Empty, string.Join('\n', generated.Warnings));
        Assert.NotEmpty(generated.Result.GeneratedSources);
    }

    private static Generated Generate(string name) =>
        Generated.From(File.ReadAllText(Path.Combine(Folder, $"{name}.source.txt")).ReplaceLineEndings("\n"));
}
