using CacheOrleans.Alerts;

namespace CacheOrleans.Fuzz.Targets;

/// <summary>The text of an error that an alert shows.</summary>
internal sealed class RedactionTarget : ITarget
{
    private static readonly Redactor Redactor = new([@"card (?<secret>\d{4})"], [new(Secret.Word)]);

    public string Name => "redaction";

    public int Share => 15;

    public IReadOnlyList<string> Words { get; } =
    [
        Secret.Word, "password", "token", "cookie:", "=", ":", ";", ",", "&", "?", "\"", "'", "\\", "{", "}", "[", "]",
        " ", "\n", "*", "***", "://", "@", "h:80", "Bearer ", "eyJhbGciOi", "xoxb-", "-----BEGIN PRIVATE KEY-----",
        "-----END", "hooks.slack.com/services/", "card 1234", "Host=db;Password=", "redis:6379,password=", "\\\"",
        "redis://app:", "Authorization: Basic ", "a=b;", "{\"password\":\"", "Set-Cookie: a=", "AccountKey=",
    ];

    public byte[] Generate(Random random) => Text.Bytes(random.Some(Words, 12));

    public ValueTask<string> RunAsync(byte[] input)
    {
        var text = Text.Of(input);
        var redacted = Redactor.Redact(text);
        Promise.IsNotIn(Secret.Word, redacted);
        Promise.That(Redactor.Redact(redacted) == redacted, "What is redacted stays as it is.");
        var cut = TextCut.At(redacted, input.Length / 2);
        Promise.That(cut.Length <= input.Length / 2, "A text is cut to its length.");
        return new(redacted == text ? "same" : $"{redacted.Split("***").Length} {redacted.Length / 16}");
    }
}
