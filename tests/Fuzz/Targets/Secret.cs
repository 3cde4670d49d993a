namespace CacheOrleans.Fuzz.Targets;

/// <summary>A word that stands for a secret in inputs, and that no message may have.</summary>
internal static class Secret
{
    public const string Word = "S3cr3t";

    /// <summary>Checks that a message has no secret.</summary>
    /// <param name="input">The text that the message is about.</param>
    /// <param name="isSecret">Whether what is at a place in the text is a secret.</param>
    /// <param name="message">The message.</param>
    /// <exception cref="BrokenPromiseException">It has one.</exception>
    public static void IsNotIn(string input, Func<int, bool> isSecret, string message)
    {
        var isKnown = true;
        for (var at = input.IndexOf(Word, StringComparison.OrdinalIgnoreCase); at >= 0;
            at = input.IndexOf(Word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            isKnown &= isSecret(at);
        }

        if (isKnown)
        {
            Promise.IsNotIn(Word, message);
        }
    }
}
