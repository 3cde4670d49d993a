using System.Text.RegularExpressions;

namespace CacheOrleans.Conventions;

/// <summary>The C# of README.md compiles, because it is in the samples.</summary>
public sealed partial class ReadmeTests
{
    private static readonly IReadOnlyList<string> Samples =
    [
        .. Repository.Sources
            .Where(file => file.Path.StartsWith("samples/", StringComparison.Ordinal))
            .Select(file => Normalize(string.Join('\n', file.Lines))),
    ];

    private static readonly IReadOnlyList<string> Blocks =
    [
        .. CSharpBlock().Matches(File.ReadAllText(Path.Combine(Repository.Root, "README.md")))
            .Select(match => match.Groups["code"].Value),
    ];

    [Fact]
    public void Readme_HasCSharp() => Assert.NotEmpty(Blocks);

    [Fact]
    public void CSharpOfReadme_IsInASample() => Repository.AssertNone(
        "README.md has C# that is in no file under samples/, ignoring white space.",
        Blocks.Where(block => !Samples.Any(
            sample => sample.Contains(Normalize(block), StringComparison.Ordinal))));

    private static string Normalize(string code) => WhiteSpace().Replace(code, " ").Trim();

    [GeneratedRegex(@"^```csharp\r?\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
