namespace CacheOrleans.Alerts;

/// <summary>Shortens text.</summary>
public static class TextCut
{
    /// <summary>Returns the text's beginning, <paramref name="length"/> characters at most, and no half of a character
    /// that takes two.</summary>
    public static string At(string text, int length) => throw new NotImplementedException();
}
