using System.ComponentModel.DataAnnotations;

namespace CacheOrleans.Alerts;

/// <summary>Options that decide when alerts are sent, and what is removed from them.</summary>
public sealed class AlertOptions
{
    /// <summary>The configuration section from which these options are read.</summary>
    public const string SectionName = "Alerts";

    /// <summary>How long after a message about a cache or breaker the next message about a failure may
    /// follow.</summary>
    /// <value>The default value is 10 minutes; 1 second to 1 day.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Cooldown { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many caches may be in their cooldown at a time; failures of further caches are not announced.
    /// </summary>
    /// <value>The default value is 6; 1 to 1000.</value>
    [Range(1, 1000)]
    public int MaxKeys { get; set; } = 6;

    /// <summary>How often a silo reports its suppressed failures to the coordinator, and asks for changes.</summary>
    /// <value>The default value is 5 seconds; 100 milliseconds to 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long there must be no failure before a problem can be resolved.</summary>
    /// <value>The default value is 60 seconds; 1 second to 1 hour.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan QuietPeriod { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a channel tries to deliver a message before it gives up.</summary>
    /// <value>The default value is 10 minutes; 1 second to 1 day.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan DeliveryDeadline { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The name of the environment in messages, such as <c>production</c>.</summary>
    /// <value>The default value is null: the host's environment.</value>
    [MaxLength(100)]
    public string? Environment { get; set; }

    /// <summary>Whether messages are written to the log too.</summary>
    /// <value>The default value is true.</value>
    public bool Log { get; set; } = true;

    /// <summary>Whether secrets are removed from the text of messages.</summary>
    /// <value>The default value is true.</value>
    public bool Redact { get; set; } = true;

    /// <summary>Regular expressions of further secrets: the text that the group <c>secret</c> matches is removed, or
    /// the whole match if there is no such group.</summary>
    /// <value>The default value is empty.</value>
    public IList<string> RedactionPatterns { get; } = [];
}
