using System.Text;

namespace CacheOrleans.Client.Serialization;

/// <summary>Text in UTF-8; half of a surrogate pair, which UTF-8 has no form of, cannot be serialized.</summary>
internal sealed class StringSerializer : CacheSerializer<string?>
{
    /// <summary>No text begins with it.</summary>
    private const byte Null = 0xFF;

    /// <summary>Refuses what would be read as another text: half of a surrogate pair, and another type's bytes.
    /// </summary>
    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <inheritdoc />
    public override string ContentType => "text/plain; charset=utf-8";

    /// <inheritdoc />
    public override byte[] Serialize(string? value) => value is null ? [Null] : Strict.GetBytes(value);

    /// <inheritdoc />
    public override string? Deserialize(byte[] bytes) => bytes is [Null] ? null : Strict.GetString(bytes);
}
