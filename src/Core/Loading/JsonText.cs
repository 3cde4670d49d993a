using System.Globalization;
using System.Text.Json;

namespace CacheOrleans.Loading;

/// <summary>Decides whether a value is JSON that its readers can parse.</summary>
public static class JsonText
{
    /// <summary>The deepest nesting that .NET's readers accept by default.</summary>
    public const int MaxDepth = 64;

    // Unbounded, so that JSON that is nested too deeply gets another message than text that is not JSON.
    private static readonly JsonReaderOptions Unbounded = new() { MaxDepth = int.MaxValue };

    /// <summary>Returns what is wrong with a text, as the part of a sentence that follows "it", or null.</summary>
    /// <param name="utf8">The text, valid UTF-8.</param>
    public static string? Check(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Trim(" \t\r\n"u8).IsEmpty)
        {
            return "is empty, which is not JSON";
        }

        var reader = new Utf8JsonReader(utf8, Unbounded);
        var deepest = 0;
        try
        {
            while (reader.Read())
            {
                var opens = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
                deepest = Math.Max(deepest, reader.CurrentDepth + (opens ? 1 : 0));
            }
        }
        catch (JsonException exception)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"is not JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}");
        }

        return deepest <= MaxDepth
            ? null
            : string.Create(
                CultureInfo.InvariantCulture, $"is nested {deepest} levels deep; JSON here has at most {MaxDepth}");
    }
}
