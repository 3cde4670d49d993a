using System.Text;

namespace CacheOrleans.Client.Serialization;

/// <summary>Text in UTF-8; half of a surrogate pair becomes U+FFFD.</summary>
internal sealed class StringSerializer : CacheSerializer<string?>
{
    /// <summary>No text begins with it.</summary>
    private const byte Null = 0xFF;

    /// <summary>Another type's bytes are not to be read as a text.</summary>
    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <inheritdoc />
    public override byte[] Serialize(string? value) => value is null ? [Null] : Encoding.UTF8.GetBytes(value);

    /// <inheritdoc />
    public override string? Deserialize(byte[] bytes) => bytes is [Null] ? null : Strict.GetString(bytes);
}
