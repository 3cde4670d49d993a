using System.Text;
using System.Text.Encodings.Web;
using CacheOrleans.Keys;

namespace CacheOrleans.Client.Serialization;

/// <summary>Writes JSON in the same way as another encoder, but rejects half of a surrogate pair, which that encoder
/// would replace by U+FFFD.</summary>
internal sealed class StrictEncoder(JavaScriptEncoder inner) : JavaScriptEncoder
{
    /// <inheritdoc />
    public override int MaxOutputCharactersPerInputCharacter => inner.MaxOutputCharactersPerInputCharacter;

    /// <inheritdoc />
    /// <exception cref="EncoderFallbackException">The text contains half of a surrogate pair.</exception>
    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength) =>
        UnicodeText.IsValid(new ReadOnlySpan<char>(text, textLength))
            ? inner.FindFirstCharacterToEncode(text, textLength)
            : throw new EncoderFallbackException(
                "A text contains half of a surrogate pair, which UTF-8 cannot represent.");

    /// <inheritdoc />
    public override bool WillEncode(int unicodeScalar) => inner.WillEncode(unicodeScalar);

    /// <inheritdoc />
    public override unsafe bool TryEncodeUnicodeScalar(
        int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten) =>
        inner.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);
}
