namespace CacheOrleans.Alerts;

/// <summary>Finds secrets of one form.</summary>
/// <remarks>Thread-safe.</remarks>
internal interface ISecretFinder
{
    /// <summary>Adds every secret of this form to <paramref name="secrets"/>.</summary>
    void Find(string text, SecretSpans secrets);
}
