using System.Text.RegularExpressions;

namespace CacheOrleans.Conventions;

/// <summary>Every row of docs/behaviour.md that must be proven has a test that names it.</summary>
public sealed partial class RowTests
{
    private static readonly string[] Required =
    [
        "L1", "L2", "L3", "L4", "L5", "L6", "L7", "W1", "W2", "W3", "W4", "W5",
        "B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8", "B9", "B10", "B11",
        "A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8",
        "D1", "D2", "D3", "D4", "D5",
    ];

    private static readonly ILookup<string, string> Proofs = (
        from file in Repository.Sources
        where file.IsTest
        from index in Enumerable.Range(0, file.Lines.Length)
        from match in RowTrait().Matches(file.Lines[index])
        where !IsSkipped(file.Lines, index)
        select (Row: match.Groups["row"].Value, Where: $"{file.Path}:{index + 1}"))
        .ToLookup(proof => proof.Row, proof => proof.Where);

    [Fact]
    public void RequiredRows_AreProven()
    {
        foreach (var row in Proofs.OrderBy(row => row.Key, StringComparer.Ordinal))
        {
            TestContext.Current.SendDiagnosticMessage($"{row.Key}: {row.Count()} tests, as {row.First()}");
        }

        Repository.AssertNone("No test carries the row's id.", Required.Where(row => !Proofs.Contains(row)));
    }

    [Fact]
    public void Rows_AreDocumented()
    {
        var documented = DocumentedRow()
            .Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "behaviour.md")))
            .Select(match => match.Groups["row"].Value)
            .ToHashSet();
        Repository.AssertNone(
            "docs/behaviour.md has no such row.",
            Proofs.Where(row => !documented.Contains(row.Key)).SelectMany(row => row.Select(at => $"{at}: {row.Key}")));
        Repository.AssertNone("docs/behaviour.md has no such row.", Required.Where(row => !documented.Contains(row)));
    }

    /// <summary>Returns whether <c>dotnet test</c> skips the test that has a given line among its attributes: a test
    /// that only <c>make faults</c> runs proves nothing about a commit.</summary>
    private static bool IsSkipped(string[] lines, int index) => lines
        .Take(index).Reverse().TakeWhile(IsAttribute)
        .Concat(lines.Skip(index).TakeWhile(IsAttribute))
        .Any(line => SkippedTest().IsMatch(line));

    private static bool IsAttribute(string line) => line.TrimStart().StartsWith('[');

    [GeneratedRegex(@"\[(Fact|Theory)\(Skip")]
    private static partial Regex SkippedTest();

    [GeneratedRegex("""Trait\("Row", "(?<row>[^"]+)"\)""")]
    private static partial Regex RowTrait();

    [GeneratedRegex(@"^\| (?<row>[LBAWD]\d+) \|", RegexOptions.Multiline)]
    private static partial Regex DocumentedRow();
}
