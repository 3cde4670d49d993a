using CacheOrleans.Alerts;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Grains.Alerts;

/// <summary>Writes messages to the log of the silo that delivers them.</summary>
internal sealed class LogChannel(ILogger<LogChannel> logger) : IAlertChannel
{
    public string Name => "log";

    public TimeSpan Pace => TimeSpan.Zero;

    public Task DeliverAsync(AlertNotice notice, CancellationToken cancellationToken)
    {
        var (level, text) = (Level(notice.Kind), AlertText.Of(notice));
        logger.Alert(level, text, notice.Id);
        return Task.CompletedTask;
    }

    private static LogLevel Level(AlertNoticeKind kind) => kind switch
    {
        AlertNoticeKind.Failing or AlertNoticeKind.Digest => LogLevel.Warning,
        AlertNoticeKind.Resolved or AlertNoticeKind.Test or AlertNoticeKind.ManualChange => LogLevel.Information,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
