using System.Net.Mime;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CacheOrleans.Client.Serialization;

/// <summary>Writes values as JSON in UTF-8. A text with half of a surrogate pair, which UTF-8 cannot represent, cannot
/// be serialized.</summary>
internal sealed class JsonCacheSerializer<T>(JsonSerializerOptions options) : CacheSerializer<T>
{
    private JsonSerializerOptions? _strict;

    /// <inheritdoc />
    public override string ContentType => MediaTypeNames.Application.Json;

    /// <inheritdoc />
    /// <exception cref="EncoderFallbackException">A text contains half of a surrogate pair.</exception>
    public override byte[] Serialize(T value)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, options);
        if (HasReplacement(bytes))
        {
            // Rare, and needed only to distinguish a U+FFFD in the value from one that replaced half of a pair.
            _strict ??= new(options) { Encoder = new StrictEncoder(options.Encoder ?? JavaScriptEncoder.Default) };
            _ = JsonSerializer.SerializeToUtf8Bytes(value, _strict);
        }

        return bytes;
    }

    /// <inheritdoc />
    public override T Deserialize(byte[] bytes) => JsonSerializer.Deserialize<T>(bytes, options)!;

    private static bool HasReplacement(ReadOnlySpan<byte> json) =>
        json.IndexOf("\\uFFFD"u8) >= 0 || json.IndexOf("\uFFFD"u8) >= 0;
}
