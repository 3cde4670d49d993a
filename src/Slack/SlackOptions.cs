using System.ComponentModel.DataAnnotations;

namespace CacheOrleans.Slack;

/// <summary>Where alerts are posted in Slack, and how attempts are timed.</summary>
public sealed class SlackOptions
{
    /// <summary>The configuration section that these options are read from.</summary>
    public const string SectionName = "Alerts:Slack";

    /// <summary>The address of an incoming webhook. It is a secret, because anyone who knows it can post: no log and no
    /// message shows it.</summary>
    /// <value>The default value is null: no alert is sent to Slack. An empty value means the same. Otherwise an
    /// absolute address with <c>https</c>, or with <c>http</c> on loopback.</value>
    public string? WebhookUrl { get; set; }

    /// <summary>How long one attempt to post a message may take.</summary>
    /// <value>The default value is 10 seconds; 1 second to 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The approximate delay before the second attempt. Each further delay is about twice as long, up to a
    /// minute.</summary>
    /// <value>The default value is 1 second; 10 milliseconds to 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);
}
