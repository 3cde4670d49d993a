using CacheOrleans.Alerts;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Slack.Delivery;

/// <summary>The address that messages are posted to.</summary>
internal sealed class SlackWebhook
{
    /// <summary>Parts that are shorter stand in other texts by chance.</summary>
    private const int LeastSecret = 8;

    private readonly AlertSecret[] _secrets;

    public SlackWebhook(IOptions<SlackOptions> options)
    {
        var url = options.Value.WebhookUrl?.Trim() ?? string.Empty;
        Address = new Uri(url, UriKind.Absolute);
        _secrets = [.. Secrets(url)];
    }

    public Uri Address { get; }

    public static bool IsValid(string url) => Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    /// <summary>What must appear nowhere, the longest first: the address as it was given and as it is sent, its path,
    /// and what the path ends with, which is the key to the channel.</summary>
    public static IEnumerable<AlertSecret> Secrets(string url)
    {
        List<string> parts = [url.Trim()];
        if (Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address))
        {
            parts.AddRange([address.AbsoluteUri, address.PathAndQuery, address.AbsolutePath, address.Segments[^1]]);
        }

        return parts
            .Where(part => part.Length >= LeastSecret)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(part => part.Length)
            .Select(part => new AlertSecret(part));
    }

    /// <summary>Returns the text with <c>***</c> where it names the address or what is secret in it.</summary>
    public string Hide(string text) => _secrets.Aggregate(
        text,
        (hidden, secret) => hidden.Replace(secret.Value, secret.ToString(), StringComparison.OrdinalIgnoreCase));

    public override string ToString() => "***";
}
