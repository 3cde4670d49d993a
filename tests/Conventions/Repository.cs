using CacheOrleans.Testing;

namespace CacheOrleans.Conventions;

/// <summary>The source files that these tests check.</summary>
internal static class Repository
{
    public static readonly string Root = RepositoryRoot.Path;

    public static readonly IReadOnlyList<SourceFile> Sources =
    [
        .. Files("*.cs").Select(path => new SourceFile(path, File.ReadAllLines(Path.Combine(Root, path)))),
    ];

    public static readonly IReadOnlyList<string> Projects = [.. Files("*.csproj")];

    /// <summary>Fails with every violation on its own line.</summary>
    public static void AssertNone(string rule, IEnumerable<string> violations)
    {
        var all = violations.ToList();
        Assert.True(all.Count == 0, $"{rule}{Environment.NewLine}{string.Join(Environment.NewLine, all)}");
    }

    private static IEnumerable<string> Files(string pattern) => ((string[])["src", "tests", "bench", "samples"])
        .Select(folder => Path.Combine(Root, folder))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.GetFiles(folder, pattern, SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "artifacts"))
        .Order(StringComparer.Ordinal);
}
