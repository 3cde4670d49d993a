using System.Globalization;
using System.Net;
using System.Text;

namespace CacheOrleans.Bench.Report;

/// <summary>Draws horizontal bars as SVG, in colors that suit light and dark pages.</summary>
internal static class BarChart
{
    private const int Width = 720;
    private const int BarsAt = 260;
    private const int BarsWidth = 360;
    private const int BarHeight = 16;
    private const int Step = 24;
    private const int HeadingStep = 30;
    private const int Top = 72;

    /// <summary>Draws a chart.</summary>
    /// <param name="title">The title of the chart.</param>
    /// <param name="subtitle">A note that explains the values.</param>
    /// <param name="groups">The bars.</param>
    /// <param name="isLogarithmic">Whether the scale is logarithmic, for values that are far apart.</param>
    public static string Draw(string title, string subtitle, IReadOnlyList<BarGroup> groups, bool isLogarithmic)
    {
        var height = Top + groups.Sum(group => HeadingStep + (group.Bars.Count * Step)) + 12;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" width="{Width}" height="{height}"
                 role="img" aria-label="{Escaped(title)}" font-family="system-ui, sans-serif">
            {Style}
            <text x="0" y="18" class="title">{Escaped(title)}</text>
            <text x="0" y="38" class="note">{Escaped(subtitle)}</text>
            <text x="0" y="56" class="note">{Escaped(Machine.Describe())}</text>

            """);
        var most = groups.SelectMany(group => group.Bars).Max(bar => bar.Value);
        var least = groups.SelectMany(group => group.Bars).Where(bar => bar.Value > 0).Min(bar => bar.Value);
        var y = Top;
        foreach (var group in groups)
        {
            svg.Append(CultureInfo.InvariantCulture,
                $"<text x=\"0\" y=\"{y + 18}\" class=\"heading\">{Escaped(group.Heading)}</text>\n");
            y += HeadingStep;
            foreach (var bar in group.Bars)
            {
                var part = isLogarithmic ? LogPart(bar.Value, least, most) : bar.Value / most;
                Append(svg, bar, y, Math.Max(part * BarsWidth, 2));
                y += Step;
            }
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Append(StringBuilder svg, Bar bar, int y, double length)
    {
        var kind = bar.IsOurs ? "ours" : "peer";
        svg.Append(CultureInfo.InvariantCulture, $"""
            <text x="{BarsAt - 8}" y="{y + 13}" text-anchor="end">{Escaped(bar.Label)}</text>
            <rect x="{BarsAt}" y="{y}" width="{length:F1}" height="{BarHeight}" rx="2" class="{kind}"/>
            <text x="{BarsAt + length + 8:F1}" y="{y + 13}" class="value">{Escaped(bar.Text)}</text>

            """);
    }

    /// <summary>Returns the length of a bar on a logarithmic scale; the shortest is a tenth of the longest.</summary>
    private static double LogPart(double value, double least, double most) => value <= 0
        ? 0
        : 0.1 + (0.9 * Math.Log(value / least) / Math.Max(Math.Log(most / least), 1e-9));

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);

    private const string Style =
        """
        <style>
          text { font-size: 13px; fill: #24292f; }
          .title { font-size: 16px; font-weight: 600; }
          .heading { font-weight: 600; }
          .note { fill: #57606a; }
          .value { font-variant-numeric: tabular-nums; }
          .ours { fill: #2f6fde; }
          .peer { fill: #9aa4b2; }
          @media (prefers-color-scheme: dark) {
            text { fill: #e6edf3; }
            .note { fill: #9da7b3; }
            .ours { fill: #5b9bff; }
            .peer { fill: #6e7681; }
          }
        </style>
        """;
}
