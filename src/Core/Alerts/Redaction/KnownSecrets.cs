using System.Net;
using System.Text.Json;

namespace CacheOrleans.Alerts;

/// <summary>Finds secrets whose exact text is known.</summary>
internal sealed class KnownSecrets(IEnumerable<AlertSecret> secrets) : ISecretFinder
{
    /// <summary>How many characters of a secret are compared: the end of a longer secret may be missing where the text
    /// was cut.</summary>
    private const int MaxLength = Redactor.Margin;

    private readonly string[] _secrets =
    [
        .. secrets.SelectMany(secret => Spellings(secret.Value))
            .Where(spelling => spelling.Length >= AlertSecret.MinLength)
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    public void Find(string text, SecretSpans secrets)
    {
        foreach (var secret in _secrets)
        {
            var beginning = secret.AsSpan(0, Math.Min(secret.Length, MaxLength));
            for (var from = 0; ; from++)
            {
                var at = text.AsSpan(from).IndexOf(beginning, StringComparison.OrdinalIgnoreCase);
                if (at < 0)
                {
                    break;
                }

                from += at;
                secrets.Add(from, Math.Min(from + secret.Length, text.Length));
            }
        }
    }

    private static IEnumerable<string> Spellings(string secret)
    {
        string[] texts = Uri.TryCreate(secret, UriKind.Absolute, out var address)
            ? [secret, address.AbsoluteUri, address.PathAndQuery]
            : [secret];
        return texts.SelectMany(text => (string[])
        [
            text,
            Uri.EscapeDataString(text),
            Uri.UnescapeDataString(text),
            WebUtility.UrlEncode(text),
            JsonEncodedText.Encode(text).Value,
            text.Replace("/", "\\/", StringComparison.Ordinal),
        ]);
    }
}
