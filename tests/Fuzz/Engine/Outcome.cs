namespace CacheOrleans.Fuzz.Engine;

/// <summary>Reduces a message to its kind, which is the same for many inputs.</summary>
internal static class Outcome
{
    private const int MaxLength = 100;

    /// <summary>Returns the letters before and after what is in quotes.</summary>
    public static string Of(string message)
    {
        Span<char> kind = stackalloc char[MaxLength];
        var length = 0;
        var (open, close) = (message.IndexOf('\''), message.LastIndexOf('\''));
        for (var at = 0; at < message.Length && length < MaxLength; at++)
        {
            if ((at < open || at > close) && char.IsAsciiLetter(message[at]))
            {
                kind[length++] = message[at];
            }
        }

        return new(kind[..length]);
    }
}
