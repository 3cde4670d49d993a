using CacheOrleans.Keys;
using CsCheck;

namespace CacheOrleans.Core.Tests.Keys;

/// <summary>Generates keys and values, often with characters that could be mistaken for a key's punctuation.</summary>
internal static class KeyGen
{
    /// <summary>One Unicode scalar value of any plane.</summary>
    private static readonly Gen<string> AnyRune =
        Gen.Int[0, 0x10FFFF].Where(code => code is < 0xD800 or > 0xDFFF).Select(char.ConvertFromUtf32);

    private static readonly Gen<string> TrickyPiece = Gen.OneOf(
        "%", "%25", "%3A", "%5F", "%2D", "%2E", "%7E", "?", "&", "=", ":", "_", "-", ".", "~", "/", "/v1", "+", " ",
        "#", "a", "v", "1", "\0", "\n", "{x}", "é", "e\u0301", "İ", "ı", "한국", "\u200E", "\uFFFD", "\uFFFE", "😀");

    /// <summary>Any valid Unicode text.</summary>
    public static readonly Gen<string> Value =
        Gen.OneOf(TrickyPiece, TrickyPiece, AnyRune).Array[0, 6].Select(string.Concat);

    /// <summary>Text of few different pieces, so that two texts are often nearly the same.</summary>
    public static readonly Gen<string> CloseValue =
        Gen.OneOf(":", "_", "-", "%", "%3A", "%5F", "=", "&", "1", "x").Array[0, 3].Select(string.Concat);

    public static readonly Gen<string> Name =
        Gen.OneOf("a", "Z", "9", "_", "-", ".", "v1").Array[1, 5].Select(string.Concat);

    private static readonly Gen<CacheKeyParameter[]> Parameters = Gen.Select(
        Gen.Int[0, 3], Value.Array[3], (count, values) => values
            .Take(count)
            .Select((value, index) => new CacheKeyParameter($"p{index}", value))
            .ToArray());

    public static readonly Gen<CacheKey> Key = Gen.Select(
        Name, Gen.Int[1, int.MaxValue], Parameters, (name, version, parameters) =>
            CacheKey.Create(name, version, parameters));
}
