namespace CacheOrleans.Alerts;

/// <summary>Finds secrets of one form.</summary>
/// <remarks>Thread-safe.</remarks>
internal interface ISecretFinder
{
    /// <summary>Marks every secret of its form.</summary>
    void Find(string text, SecretSpans secrets);
}
