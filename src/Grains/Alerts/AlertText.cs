using System.Text;
using CacheOrleans.Alerts;

namespace CacheOrleans.Grains.Alerts;

/// <summary>Renders a message as plain text.</summary>
internal static class AlertText
{
    /// <summary>Returns the message's text: one line, and below it the trace, if there is one.</summary>
    public static string Of(AlertNotice notice)
    {
        var text = new StringBuilder(AlertWords.Title(notice)).Append(". ").Append(AlertWords.Summary(notice));
        foreach (var (name, value) in AlertWords.Details(notice))
        {
            text.Append(' ').Append(name).Append(": ").Append(value).Append('.');
        }

        if (notice is { Kind: AlertNoticeKind.Failing, Failure.Trace: { } trace })
        {
            text.AppendLine().Append(trace);
        }

        return text.ToString();
    }
}
