using System.Text;

namespace CacheOrleans.Fuzz.Engine;

/// <summary>Converts inputs to texts and back.</summary>
internal static class Text
{
    /// <summary>Reads UTF-8. A byte that is not UTF-8 becomes half of a surrogate pair, because .NET's texts may have
    /// such halves, and code that reads texts has to expect them.</summary>
    public static string Of(ReadOnlySpan<byte> input)
    {
        var text = new StringBuilder(input.Length);
        while (!input.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(input, out var rune, out var length) == System.Buffers.OperationStatus.Done)
            {
                text.Append(rune.ToString());
            }
            else
            {
                length = 1;
                text.Append((char)((input[0] < 0xC0 ? 0xDC00 : 0xD800) + input[0]));
            }

            input = input[length..];
        }

        return text.ToString();
    }

    /// <summary>Writes UTF-8.</summary>
    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Shows an input in one line of printable ASCII.</summary>
    public static string Show(ReadOnlySpan<byte> input)
    {
        var shown = new StringBuilder();
        foreach (var value in input)
        {
            shown.Append(value is >= (byte)' ' and <= (byte)'~' and not (byte)'\\' ? $"{(char)value}"
                : value == '\n' ? "\\n" : $"\\x{value:x2}");
        }

        return shown.ToString();
    }
}
