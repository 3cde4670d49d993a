using System.ComponentModel.DataAnnotations;

namespace CacheOrleans.Slack;

/// <summary>Where in Slack alerts go, and how patiently.</summary>
public sealed class SlackOptions
{
    /// <summary>The configuration section these are read from.</summary>
    public const string SectionName = "Alerts:Slack";

    /// <summary>The address of an incoming webhook. Whoever has it can post: no log and no message shows it.</summary>
    /// <value>The default value is null: no alert goes to Slack; so does an empty one. Else an absolute address with
    /// <c>https</c>, or with <c>http</c> on loopback.</value>
    public string? WebhookUrl { get; set; }

    /// <summary>How long one attempt to post a message may take.</summary>
    /// <value>The default value is 10 seconds; 1 second to 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>About how long after a failed attempt the second follows; each further wait is about twice as long, up
    /// to a minute.</summary>
    /// <value>The default value is 1 second; 10 milliseconds to 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);
}
