namespace CacheOrleans.Fuzz.Engine;

/// <summary>Checks what a target promises.</summary>
internal static class Promise
{
    /// <exception cref="BrokenPromiseException">The promise does not hold.</exception>
    public static void That(bool holds, string promise)
    {
        if (!holds)
        {
            throw new BrokenPromiseException(promise);
        }
    }

    /// <exception cref="BrokenPromiseException">The text contains the secret.</exception>
    public static void IsNotIn(string secret, string text) =>
        That(!text.Contains(secret, StringComparison.OrdinalIgnoreCase), $"No text shows a secret: {text}");
}
