using System.Text.Encodings.Web;
using System.Text.Json;
using CacheOrleans.Bench.Harness;

namespace CacheOrleans.Bench.Report;

/// <summary>Writes rows as JSON for programs.</summary>
internal static class BenchJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(string path, bool isQuick, IEnumerable<Row> rows)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, JsonSerializer.Serialize(
            new { Machine = Machine.Describe(), IsQuick = isQuick, Rows = rows.Select(View) }, Options));
    }

    private static object View(Row row) => new
    {
        row.Id,
        Ours = row.Ours.Value,
        Peer = row.Peer?.Value,
        PeerName = row.Peer?.Name,
        Unit = Amount.Name(row.Unit),
        row.Ratio,
        Target = row.Target.ToString(),
        Met = row.IsMet,
        row.Title,
        OursBytes = row.Ours.Bytes,
        PeerBytes = row.Peer?.Bytes,
        row.Floor,
        row.Others,
    };
}
