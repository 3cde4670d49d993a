using CacheOrleans.Alerts;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Slack.Delivery;

/// <summary>The webhook's address, to which messages are posted.</summary>
internal sealed class SlackWebhook
{
    /// <summary>The minimum length of a secret: shorter parts may occur in other texts by chance.</summary>
    private const int MinSecretLength = 8;

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

    /// <summary>Returns the texts that must not appear anywhere, longest first: the address as configured and as sent,
    /// its path, and the last segment of the path, which is the key to the channel.</summary>
    public static IEnumerable<AlertSecret> Secrets(string url)
    {
        List<string> parts = [url.Trim()];
        if (Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address))
        {
            parts.AddRange([address.AbsoluteUri, address.PathAndQuery, address.AbsolutePath, address.Segments[^1]]);
        }

        return parts
            .Where(part => part.Length >= MinSecretLength)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(part => part.Length)
            .Select(part => new AlertSecret(part));
    }

    /// <summary>Returns the text with <c>***</c> in place of the address and its secret parts.</summary>
    public string Hide(string text) => _secrets.Aggregate(
        text,
        (hidden, secret) => hidden.Replace(secret.Value, secret.ToString(), StringComparison.OrdinalIgnoreCase));

    public override string ToString() => "***";
}
