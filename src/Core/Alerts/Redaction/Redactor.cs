using System.Text.RegularExpressions;

namespace CacheOrleans.Alerts;

/// <summary>Removes secrets from text.</summary>
/// <remarks>
/// Thread-safe, and linear in the length of the text if the configured patterns are. When in doubt it removes text: if
/// a pattern takes too long, the whole text is removed.
/// </remarks>
public sealed class Redactor
{
    /// <summary>The longest text that is kept whole; of a longer text, only the beginning is kept.</summary>
    public const int MaxLength = 32_768;

    /// <summary>How many characters of a longer text are searched but then removed, so that a secret that begins in the
    /// kept part is found whole.</summary>
    internal const int Margin = 4_096;

    private const int MaxRounds = 8;

    private static readonly TimeSpan PatternLimit = TimeSpan.FromMilliseconds(500);

    private readonly ISecretFinder[] _finders;

    /// <summary>Creates a redactor.</summary>
    /// <param name="patterns">Regular expressions of further secrets, see
    /// <see cref="AlertOptions.RedactionPatterns"/>.</param>
    /// <param name="secrets">Secrets whose exact text is known.</param>
    /// <exception cref="ArgumentException">A pattern is not a regular expression.</exception>
    public Redactor(IEnumerable<string> patterns, IEnumerable<AlertSecret> secrets) => _finders =
    [
        new NamedSecrets(),
        new UserInfo(),
        new KnownSecrets(secrets),
        .. KnownForms.Finders,
        .. patterns.Select(pattern => new SecretPattern(pattern, PatternLimit)),
    ];

    /// <summary>Returns what is wrong with a pattern, or null.</summary>
    public static string? Check(string pattern)
    {
        if (string.IsNullOrWhiteSpace(pattern))
        {
            return "A redaction pattern is empty.";
        }

        try
        {
            _ = new SecretPattern(pattern, PatternLimit);
            return null;
        }
        catch (ArgumentException exception)
        {
            return $"The redaction pattern '{pattern}' is not a regular expression: {exception.Message}";
        }
    }

    /// <summary>Returns the text with <c>***</c> in place of each secret; redacting it again changes nothing.</summary>
    /// <remarks>A text longer than <see cref="MaxLength"/> is shortened.</remarks>
    public string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            // A mark in place of a secret may complete another pattern, so search again until nothing is found.
            for (var round = 0; round < MaxRounds; round++)
            {
                var redacted = RedactOnce(text);
                if (redacted == text)
                {
                    return text;
                }

                text = redacted;
            }
        }
        catch (RegexMatchTimeoutException)
        {
            // The text still contains the secrets that the pattern would have found.
        }

        return SecretSpans.Mark;
    }

    private string RedactOnce(string text)
    {
        var seen = text.Length > MaxLength ? text[..MaxLength] : text;
        var secrets = new SecretSpans();
        foreach (var finder in _finders)
        {
            finder.Find(seen, secrets);
        }

        return secrets.Replace(seen, text.Length > MaxLength ? MaxLength - Margin : seen.Length);
    }
}
