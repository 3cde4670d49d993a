using System.ComponentModel.DataAnnotations;

namespace CacheOrleans.Silo.Configuration;

/// <summary>Who may use the HTTP API, and how it stops.</summary>
public sealed class HttpSettings
{
    /// <summary>The configuration section these are read from.</summary>
    public const string SectionName = "Http";

    /// <summary>The key that changes and the dashboard need; required to listen beyond loopback.</summary>
    /// <value>The default value is <see langword="null"/>: no key, and loopback only. White space at its ends is
    /// refused: a header cannot carry it.</value>
    [RegularExpression(@"\S(.*\S)?", ErrorMessage = "ApiKey begins or ends with white space, or holds a line break.")]
    public string? ApiKey { get; set; }

    /// <summary>Names, beside loopback's, that a change may be addressed to in its <c>Host</c> header.</summary>
    /// <value>The default value is empty.</value>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>How long the API goes on answering, but not ready, before the silo stops; 0 to 1 minute.</summary>
    /// <value>The default value is 1 second.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan StopDelay { get; set; } = TimeSpan.FromSeconds(1);
}
