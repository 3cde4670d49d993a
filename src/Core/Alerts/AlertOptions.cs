using System.ComponentModel.DataAnnotations;

namespace CacheOrleans.Alerts;

/// <summary>When alerts are sent, and what is kept out of them.</summary>
public sealed class AlertOptions
{
    /// <summary>The configuration section these are read from.</summary>
    public const string SectionName = "Alerts";

    /// <summary>How long after a message about a key the next may follow.</summary>
    /// <value>The default value is 10 minutes; 1 second to 1 day.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Cooldown { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many caches may be held at a time; others that fail then are not told of.</summary>
    /// <value>The default value is 6; 1 to 1000.</value>
    [Range(1, 1000)]
    public int MaxKeys { get; set; } = 6;

    /// <summary>How often a silo tells the coordinator what it cooldowns back, and asks what is new.</summary>
    /// <value>The default value is 5 seconds; 100 milliseconds to 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long nothing may fail for a problem to be over.</summary>
    /// <value>The default value is 60 seconds; 1 second to 1 hour.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan QuietPeriod { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a channel tries to deliver a message before it is given up.</summary>
    /// <value>The default value is 10 minutes; 1 second to 1 day.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan DeliveryDeadline { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>What messages call the place they come from, such as <c>production</c>.</summary>
    /// <value>The default value is null: the host's environment.</value>
    [MaxLength(100)]
    public string? Environment { get; set; }

    /// <summary>Whether messages are written to the log too.</summary>
    /// <value>The default value is true.</value>
    public bool Log { get; set; } = true;

    /// <summary>Whether secrets are taken out of what messages say.</summary>
    /// <value>The default value is true.</value>
    public bool Redact { get; set; } = true;

    /// <summary>Regular expressions of further secrets: what the group <c>secret</c> matches is taken out, or the whole
    /// match where there is no such group.</summary>
    /// <value>The default value is empty.</value>
    public IList<string> RedactionPatterns { get; } = [];
}
