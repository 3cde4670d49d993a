#pragma warning disable CS9113 // to be built
namespace CacheOrleans.Alerts;

/// <summary>Takes secrets out of text.</summary>
/// <remarks>Thread-safe, and linear in the length of the text.</remarks>
/// <param name="patterns">Regular expressions of further secrets, see <see cref="AlertOptions.RedactionPatterns"/>.
/// </param>
/// <param name="secrets">Secrets that are known word for word.</param>
public sealed class Redactor(IEnumerable<string> patterns, IEnumerable<AlertSecret> secrets)
{
    /// <summary>Returns the text with <c>***</c> in place of each secret.</summary>
    public string Redact(string text) => throw new NotImplementedException();
}
