using System.Text;
using System.Text.Encodings.Web;
using CacheOrleans.Keys;

namespace CacheOrleans.Client.Serialization;

/// <summary>Writes JSON as another encoder does, but refuses half of a surrogate pair, in place of which that writes
/// U+FFFD.</summary>
internal sealed class StrictEncoder(JavaScriptEncoder inner) : JavaScriptEncoder
{
    /// <inheritdoc />
    public override int MaxOutputCharactersPerInputCharacter => inner.MaxOutputCharactersPerInputCharacter;

    /// <inheritdoc />
    /// <exception cref="EncoderFallbackException">The text has half of a surrogate pair.</exception>
    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength) =>
        UnicodeText.IsValid(new ReadOnlySpan<char>(text, textLength))
            ? inner.FindFirstCharacterToEncode(text, textLength)
            : throw new EncoderFallbackException("A text has half of a surrogate pair, which UTF-8 has no form of.");

    /// <inheritdoc />
    public override bool WillEncode(int unicodeScalar) => inner.WillEncode(unicodeScalar);

    /// <inheritdoc />
    public override unsafe bool TryEncodeUnicodeScalar(
        int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten) =>
        inner.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);
}
