using System.Globalization;
using System.Text.RegularExpressions;
using CacheOrleans.Silo.Configuration;

namespace CacheOrleans.Silo.Tests.Configuration;

/// <summary>The table of settings in README.md has what the options types have, as <c>--help</c> does.</summary>
public sealed partial class ReadmeSettingsTests
{
    /// <summary>Its parts stand in one row, and on a page of their own.</summary>
    private const string Fallback = "Caches:{name}:Fallback";

    private static readonly List<(string Name, string Default)> Rows = [.. Read()];

    /// <summary>Of settings by name, such as keys, the parts stand in the table.</summary>
    private static readonly List<SettingDescription> Settings =
    [
        .. SettingDescription.All.Where(setting => !setting.Name.StartsWith(Fallback + ":", Ordinal)
            && !SettingDescription.All.Any(part => part.Name.StartsWith(setting.Name + ":{name}:", Ordinal))),
    ];

    private const StringComparison Ordinal = StringComparison.Ordinal;

    [Fact]
    public void Table_HasEverySetting_AndNoOther() => Assert.Equal(
        Settings.Select(setting => setting.Name).Append(Fallback).Append("ConnectionStrings:{name}").Order(),
        Rows.Select(row => row.Name).Order(),
        StringComparer.OrdinalIgnoreCase);

    [Fact]
    public void Table_HasTheDefaults() => Assert.All(Settings.Where(setting => setting.Default is not null), setting =>
    {
        var said = Rows.Single(row => row.Name.Equals(setting.Name, StringComparison.OrdinalIgnoreCase)).Default;
        Assert.True(IsSame(setting.Default!, said), $"{setting.Name} is {setting.Default}; README says {said}.");
    });

    [Theory]
    [InlineData("00:00:00.25", "250 ms", true)]
    [InlineData("00:03:00", "180 s", true)]
    [InlineData("00:30:00", "30 min", true)]
    [InlineData("00:00:05", "5 min", false)]
    [InlineData("1048576", "1 MiB", true)]
    [InlineData("100000", "100,000 values", true)]
    [InlineData("100000", "10,000 values", false)]
    [InlineData("0", "0: a free one", true)]
    [InlineData("true", "true", true)]
    [InlineData("cacheorleans", "`cacheorleans`", true)]
    [InlineData("cacheorleans", "`cache`", false)]
    public void IsSame_ReadsAsPeopleDo(string value, string said, bool isSame) =>
        Assert.Equal(isSame, IsSame(value, said));

    private static bool IsSame(string value, string said)
    {
        if (Quantity().Match(said) is not { Success: true } quantity)
        {
            return said.Trim('`').Equals(value, StringComparison.OrdinalIgnoreCase);
        }

        var number = double.Parse(quantity.Groups["number"].Value, CultureInfo.InvariantCulture);
        return value.Contains(':')
            ? TimeSpan.Parse(value, CultureInfo.InvariantCulture) == quantity.Groups["unit"].Value switch
            {
                "ms" => TimeSpan.FromMilliseconds(number),
                "s" => TimeSpan.FromSeconds(number),
                "min" => TimeSpan.FromMinutes(number),
                "h" => TimeSpan.FromHours(number),
                _ => TimeSpan.MinValue,
            }
            : double.Parse(value, CultureInfo.InvariantCulture)
                == number * (quantity.Groups["unit"].Value == "MiB" ? 1024 * 1024 : 1);
    }

    private static IEnumerable<(string Name, string Default)> Read()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CONTRIBUTING.md")))
        {
            folder = folder.Parent!;
        }

        var rows = File.ReadLines(Path.Combine(folder.FullName, "README.md"))
            .SkipWhile(line => !line.StartsWith("| setting | default |", Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries));
        foreach (var cells in rows)
        {
            var names = Name().Matches(cells[1]).Select(match => match.Groups[1].Value).ToList();
            var defaults = cells[2].Split(", ");
            for (var i = 0; i < names.Count; i++)
            {
                yield return (names[i], names.Count == defaults.Length ? defaults[i] : cells[2]);
            }
        }
    }

    [GeneratedRegex(@"^(?<number>[\d.,]+)\b ?(?<unit>\w*)")]
    private static partial Regex Quantity();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}
