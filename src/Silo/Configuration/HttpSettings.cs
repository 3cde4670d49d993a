using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace CacheOrleans.Silo.Configuration;

/// <summary>The settings for access to the HTTP API, and for how it stops.</summary>
public sealed partial class HttpSettings : IValidatableObject
{
    /// <summary>The configuration section these are read from.</summary>
    public const string SectionName = "Http";

    /// <summary>The keys by name; there can be several, so that one can be replaced without interruption.</summary>
    /// <value>The default value is empty: anyone who can reach the API may do everything, and the API listens on
    /// loopback only.</value>
    public IDictionary<string, HttpKey> Keys { get; } =
        new Dictionary<string, HttpKey>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether reads need a key too; health checks never do.</summary>
    /// <value>The default value is <see langword="true"/> if the API listens beyond loopback, otherwise
    /// <see langword="false"/>.</value>
    public bool? ReadsNeedKey { get; set; }

    /// <summary>Whether <c>/metrics</c> needs a key.</summary>
    /// <value>The default value is that of <see cref="ReadsNeedKey"/>.</value>
    public bool? MetricsNeedKey { get; set; }

    /// <summary>The host names, besides those of loopback, that a request's <c>Host</c> header may have.</summary>
    /// <value>The default value is empty. Names are written without a port; IP addresses need no entry.</value>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>How long the API still serves requests, but reports that it is not ready, before the silo stops; 0 to
    /// 1 minute.</summary>
    /// <value>The default value is 1 second.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan StopDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var errors = Keys.SelectMany(key => CheckKey($"{SectionName}:{nameof(Keys)}:{key.Key}", key.Value))
            .Concat(Keys.GroupBy(key => key.Value.Key).Where(group => group.Key is not null && group.Count() > 1)
                .Select(group => $"{Names(group)} have the same value; give each name a key of its own."))
            .Concat(AllowedHosts.Select((host, index) =>
                CheckHost($"{SectionName}:{nameof(AllowedHosts)}:{index}", host)).OfType<string>())
            .Concat(new[] { (nameof(ReadsNeedKey), ReadsNeedKey), (nameof(MetricsNeedKey), MetricsNeedKey) }
                .Where(setting => setting.Item2 == true && Keys.Count == 0)
                .Select(setting => $"{SectionName}:{setting.Item1} is true, but there is no key; add one under "
                    + $"{SectionName}:{nameof(Keys)}."));
        return errors.Select(error => new ValidationResult(error));
    }

    private static IEnumerable<string> CheckKey(string path, HttpKey key)
    {
        if (!Secret().IsMatch(key.Key ?? string.Empty))
        {
            yield return $"{path}:{nameof(HttpKey.Key)} is missing, begins or ends with white space, or contains "
                + "a line break.";
        }

        if (key.Role is not { } role || !Enum.IsDefined(role))
        {
            yield return $"{path}:{nameof(HttpKey.Role)} is missing or invalid; set it to read, write or operate.";
        }
    }

    /// <summary>Returns what is wrong with a name: no request would be found to be addressed to it.</summary>
    private static string? CheckHost(string path, string host)
    {
        var authority = Uri.TryCreate(host, UriKind.Absolute, out var page) && page.Authority.Length > 0
            ? page.Authority
            : host;
        string name;
        try
        {
            name = HostString.FromUriComponent(authority).Host; // as it is read from the header
        }
        catch (ArgumentException)
        {
            name = string.Empty; // it begins with xn--, and is not Punycode
        }

        return Uri.CheckHostName(name) == UriHostNameType.Unknown
            ? $"{path} is no name of a host: '{host}'. Write one name, such as 'cache.example'; there are no wildcards."
            : name.Equals(host, StringComparison.OrdinalIgnoreCase)
                ? null
                : $"{path} is '{host}', and requests are compared by name: write '{name}'.";
    }

    private static string Names(IEnumerable<KeyValuePair<string, HttpKey>> keys) =>
        string.Join(" and ", keys.Select(key => $"{SectionName}:{nameof(Keys)}:{key.Key}"));

    [GeneratedRegex(@"^\S(.*\S)?\z")]
    private static partial Regex Secret();
}
