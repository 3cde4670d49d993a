using System.Text.RegularExpressions;

namespace CacheOrleans.Alerts;

/// <summary>Takes secrets out of text.</summary>
/// <remarks>
/// Thread-safe, and linear in the length of the text where the configured patterns are. What it cannot make sure of, it
/// leaves out: when a pattern takes too long, nothing of the text is left.
/// </remarks>
public sealed class Redactor
{
    /// <summary>How long a text may be; of a longer one the beginning is kept.</summary>
    public const int MaxLength = 32_768;

    /// <summary>How much of a longer text is looked at and then left out, so that a secret which begins in what is kept
    /// is seen whole.</summary>
    internal const int Margin = 4_096;

    private const int MaxRounds = 8;

    private static readonly TimeSpan PatternLimit = TimeSpan.FromMilliseconds(500);

    private readonly ISecretFinder[] _finders;

    /// <summary>Makes a redactor.</summary>
    /// <param name="patterns">Regular expressions of further secrets, see
    /// <see cref="AlertOptions.RedactionPatterns"/>.</param>
    /// <param name="secrets">Secrets that are known word for word.</param>
    /// <exception cref="ArgumentException">A pattern is no regular expression.</exception>
    public Redactor(IEnumerable<string> patterns, IEnumerable<AlertSecret> secrets) => _finders =
    [
        new NamedSecrets(),
        new UserInfo(),
        new KnownSecrets(secrets),
        .. KnownForms.Finders,
        .. patterns.Select(pattern => new SecretPattern(pattern, PatternLimit)),
    ];

    /// <summary>Says what is wrong with a pattern, or returns null.</summary>
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
            return $"The redaction pattern '{pattern}' is no regular expression: {exception.Message}";
        }
    }

    /// <summary>Returns the text with <c>***</c> in place of each secret; redacting it again changes nothing.</summary>
    /// <remarks>A text longer than <see cref="MaxLength"/> is shortened.</remarks>
    public string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            // A mark may bring together what was apart, so it is looked at again until nothing is found.
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
            // Whatever the pattern would have found is in the text still.
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
