using CacheOrleans.Chaos.Histories;
using CacheOrleans.Chaos.Scenarios;
using CacheOrleans.Testing;

namespace CacheOrleans.Chaos;

/// <summary>Writes the table of <c>docs/reliability.md</c>.</summary>
internal static class ReliabilityPage
{
    public const string Header =
        "| scenario | fault | reads / failed | changes / failed | stale: strict / copies / own | loads "
        + "| lost: stored / queued | recovered in | log lines | promise |\n|---|---|---|---|---|---|---|---|---|---|";

    private const string Begin = "<!-- figures: make chaos writes them -->";
    private const string End = "<!-- end of figures -->";

    public static string RowOf(Scenario scenario, Figures figures) =>
        $"| {scenario.Name} | {scenario.Fault} | {figures.Cells} | {scenario.Promise} |";

    /// <summary>Replaces the row of a scenario, and keeps the others.</summary>
    public static void Write(string scenario, string row)
    {
        var path = Path.Combine(RepositoryRoot.Path, "docs", "reliability.md");
        var text = File.ReadAllText(path);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(
            End, StringComparison.Ordinal));
        var rows = text[from..to].Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Skip(1).ToDictionary(line => line.Split('|')[1].Trim());
        rows[scenario] = row;
        var table = AllScenarios.List.Select(one => one.Name).Append(Mix.Soak)
            .Select(name => rows.GetValueOrDefault(name))
            .OfType<string>();
        File.WriteAllText(path, $"{text[..from]}\n\n{Header}\n{string.Join('\n', table)}\n\n{text[to..]}");
    }
}
