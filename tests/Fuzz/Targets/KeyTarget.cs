using CacheOrleans.Keys;

namespace CacheOrleans.Fuzz.Targets;

/// <summary>The text of a key, which is a grain's key: <c>country/v1?code=KR</c>.</summary>
internal sealed class KeyTarget : ITarget
{
    private static readonly CacheLimits Limits = new() { MaxKeyLength = 200 };

    public string Name => "key";

    public int Share => 180;

    public IReadOnlyList<string> Words { get; } =
    [
        "country", "/v1", "/v", "?", "&", "=", "code", "version=1", "%", "%25", "%3A", "%2d", "%C3%A9", "%ED%A0%80",
        "%F0%9F%98%80", "%00", "%0A", "+", "é", "\u0130", "a=b&", "KR", "-._~", "🎈",
    ];

    public byte[] Generate(Random random) =>
        Text.Bytes($"{random.Some(["country", "a", "Z", "9", "_", "-", "."], 3)}/v{random.Next(12)}"
            + (random.Next(3) == 0 ? string.Empty : "?")
            + string.Join('&', Enumerable.Range(0, random.Next(4)).Select(number =>
                $"p{number}={Uri.EscapeDataString(random.Some(Words, 3))}")));

    public ValueTask<string> RunAsync(byte[] input)
    {
        var text = Text.Of(input);
        var isKey = CacheKey.TryParse(text, out var key, out var error);
        if (!isKey)
        {
            Promise.That(key is null && !string.IsNullOrEmpty(error), "What is no key has an error.");
            Promise.That(Throws(text) == error + " (Parameter 'text')", "Both ways to parse say the same.");
            return new(Outcome.Of(error!));
        }

        Promise.That(key!.Text == text && error is null, "A text is the text of its key.");
        Promise.That(text.All(letter => letter is > ' ' and <= '~'), "A key's text is printable ASCII.");
        var again = CacheKey.Create(key.Name, key.Version, key.Parameters.AsSpan());
        Promise.That(again.Equals(key) && again.GetHashCode() == key.GetHashCode(), "The parts make the key.");
        return new($"key of {key.Parameters.Length} {(Limits.Check(key) is { } limit ? Outcome.Of(limit) : "")}");
    }

    private static string? Throws(string text)
    {
        try
        {
            return CacheKey.Parse(text).Text;
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }
}
