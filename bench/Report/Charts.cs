using CacheOrleans.Bench.Harness;

namespace CacheOrleans.Bench.Report;

/// <summary>Draws the charts of the README and the documentation.</summary>
internal static class Charts
{
    public static void Draw(string folder, IReadOnlyList<Row> rows)
    {
        Directory.CreateDirectory(folder);
        Write("hits", "A hit in the process", "Time of one hit; shorter is better.", false,
        [
            Group("the key at hand", "hit.at-hand", "hit.adapter", "hit.fusion"),
            Group("the key made from an int for each call", "hit.key-made"),
        ]);
        Write("stampede", "800 callers in 8 clients ask for one cold key",
            "Runs of a delegate that takes 20 ms; shorter is better.", false,
        [
            Group("with Redis", "stampede.20"),
            Group("Redis stopped", "stampede.20-no-redis"),
        ]);
        Write("waits", "800 callers in 8 clients ask for one cold key",
            "How much longer than the delegate they wait, p99, logarithmic; shorter is better.", true,
        [
            Group("with Redis", "stampede.20.p99"),
            Group("Redis stopped", "stampede.20-no-redis.p99"),
        ]);
        Write("outage", "Redis dies under load",
            "p99 of reads, logarithmic; shorter is better.", true,
        [
            Group("before", "outage.before"),
            Group("while Redis is away", "outage.during"),
            Group("after", "outage.after"),
        ]);

        void Write(string name, string title, string subtitle, bool isLogarithmic, BarGroup[] groups)
        {
            groups = [.. groups.Where(group => group.Bars.Count > 0)];
            if (groups.Length > 0)
            {
                File.WriteAllText(
                    Path.Combine(folder, name + ".svg"), BarChart.Draw(title, subtitle, groups, isLogarithmic));
            }
        }

        BarGroup Group(string heading, params string[] ids) => new(
            heading,
            [
                .. rows.Where(row => ids.Contains(row.Id))
                    .SelectMany(BarsOf)
                    .DistinctBy(bar => bar.Label)
                    .OrderBy(bar => bar.Value),
            ]);
    }

    private static IEnumerable<Bar> BarsOf(Row row)
    {
        yield return BarOf(row.Ours, isOurs: true);
        foreach (var figure in (Figure?[])[row.Peer, row.Floor, .. row.Others])
        {
            if (figure is not null)
            {
                var isOurs = figure.Name.StartsWith("our", StringComparison.Ordinal)
                    || figure.Name.StartsWith("ICache", StringComparison.Ordinal);
                yield return BarOf(figure, isOurs);
            }
        }

        Bar BarOf(Figure figure, bool isOurs) =>
            new(figure.Name, figure.Value, Amount.Text(figure.Value, row.Unit), isOurs);
    }
}
