using System.Globalization;
using System.Text.RegularExpressions;

namespace CacheOrleans.Conventions;

/// <summary>Logging goes through one Log.cs per project, with the project's own event ids.</summary>
public sealed partial class LogTests
{
    private static readonly Dictionary<string, int> FirstIds = new()
    {
        ["Grains"] = 1000,
        ["Redis"] = 2000,
        ["Silo"] = 3000,
        ["Client"] = 4000,
        ["Sql"] = 5000,
        ["Slack"] = 6000,
        ["Tls"] = 7000,
    };

    private static IEnumerable<SourceFile> Sources =>
        Repository.Sources.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal));

    [Fact]
    public void LoggerMessages_AreInLogOnly() => Repository.AssertNone(
        "[LoggerMessage] stands in src/<project>/Log.cs only.",
        from file in Sources
        where file.Path.Count(character => character == '/') != 2 || file.Name != "Log"
        from line in file.Numbered
        where line.Text.Contains("[LoggerMessage(", StringComparison.Ordinal)
        select line.Where);

    [Fact]
    public void EventIds_AreInTheRangeOfTheProject() => Repository.AssertNone(
        "Event ids: Grains 1000s, Redis 2000s, Silo 3000s, Client 4000s, Sql 5000s, Slack 6000s, Tls 7000s.",
        from message in Messages()
        where !FirstIds.TryGetValue(message.Project, out var first) || message.Id / 1000 * 1000 != first
        select $"{message.Where}: {message.Id} in {message.Project}");

    [Fact]
    public void EventIds_AreUnique() => Repository.AssertNone(
        "An event id is used once.",
        from message in Messages()
        group message by message.Id into same
        where same.Count() > 1
        select $"{same.Key}: {string.Join(", ", same.Select(message => message.Where))}");

    private static IEnumerable<(string Project, string Where, int Id)> Messages() =>
        from file in Sources
        where file.Name == "Log"
        let text = string.Join('\n', file.Lines)
        from match in MessageAttribute().Matches(text)
        let line = text[..match.Index].Count(character => character == '\n') + 1
        select (
            file.Path.Split('/')[1],
            $"{file.Path}:{line}",
            int.TryParse(match.Groups["id"].Value, CultureInfo.InvariantCulture, out var id) ? id : -1);

    [GeneratedRegex(@"\[LoggerMessage\(\s*(EventId\s*=\s*)?(?<id>\d*)")]
    private static partial Regex MessageAttribute();
}
