using System.Text;

namespace CacheOrleans.Client.Serialization;

/// <summary>Writes text as UTF-8. A text with half of a surrogate pair, which UTF-8 cannot represent, cannot be
/// serialized.</summary>
internal sealed class StringSerializer : CacheSerializer<string?>
{
    /// <summary>Represents null; no text in UTF-8 begins with this byte.</summary>
    private const byte Null = 0xFF;

    /// <summary>Rejects input that would be read as a different text: half of a surrogate pair, and bytes of another
    /// type.</summary>
    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <inheritdoc />
    public override string ContentType => "text/plain; charset=utf-8";

    /// <inheritdoc />
    public override byte[] Serialize(string? value) => value is null ? [Null] : Strict.GetBytes(value);

    /// <inheritdoc />
    public override string? Deserialize(byte[] bytes) => bytes is [Null] ? null : Strict.GetString(bytes);
}
