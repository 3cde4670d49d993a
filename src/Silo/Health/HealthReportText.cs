using System.Net.Mime;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CacheOrleans.Silo.Health;

/// <summary>Writes a health report as text: the status, then a line for each check that has a description.</summary>
internal static class HealthReportText
{
    public static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = MediaTypeNames.Text.Plain;
        return context.Response.WriteAsync(Of(report), context.RequestAborted);
    }

    internal static string Of(HealthReport report) => string.Join('\n', report.Entries
        .Where(entry => !string.IsNullOrEmpty(entry.Value.Description))
        .Select(entry => $"{entry.Key}: {entry.Value.Description}")
        .Prepend(report.Status.ToString()));
}
