using System.Globalization;
using CacheOrleans.Bench.Harness;

namespace CacheOrleans.Bench.Report;

/// <summary>Prints rows as a table that is also valid Markdown.</summary>
internal static class Table
{
    private static readonly int[] Widths = [26, 66, 18, 34, 6, 30, 18, 4];

    public static void PrintHead()
    {
        Print("id", "what", "ours", "peer", "ratio", "floor", "target", "met");
        Console.WriteLine("|" + string.Concat(Widths.Select(width => new string('-', width + 2) + "|")));
    }

    public static void Print(Row row)
    {
        Print(
            row.Id,
            row.Title,
            Text(row.Ours, row.Unit),
            row.Peer is { } peer ? Named(peer, row.Unit) : "–",
            row.Ratio is { } ratio ? ratio.ToString(ratio < 0.1 ? "F3" : "F2", CultureInfo.InvariantCulture) : "–",
            row.Floor is { } floor ? Named(floor, row.Unit) : "–",
            row.Target.ToString(),
            row.IsMet switch { null => "–", true => "yes", false => "NO" });
        if (row.Others.Count > 0)
        {
            var others = string.Join("; ", row.Others.Select(other => Named(other, row.Unit)));
            Print(string.Empty, "beside it", string.Empty, others, string.Empty, string.Empty, string.Empty,
                string.Empty);
        }
    }

    private static string Text(Figure figure, Unit unit)
    {
        var bytes = figure.Bytes is { } count
            ? string.Create(CultureInfo.InvariantCulture, $", {count:F0} B")
            : string.Empty;
        return Amount.Text(figure.Value, unit) + bytes;
    }

    private static string Named(Figure figure, Unit unit) => $"{figure.Name}: {Text(figure, unit)}";

    private static void Print(params string[] cells) => Console.WriteLine(
        "| " + string.Join(" | ", cells.Select((cell, column) => cell.PadRight(Widths[column]))) + " |");
}
