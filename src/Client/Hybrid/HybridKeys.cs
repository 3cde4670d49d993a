using System.Diagnostics.CodeAnalysis;
using CacheOrleans.Keys;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Client.Hybrid;

/// <summary>Checks keys and tags by the rules of <c>HybridCache</c>, and logs the errors.</summary>
internal sealed class HybridKeys(int maxLength, ILogger logger)
{
    private const char LastControl = '\u001F';

    /// <summary>Whether a value can be cached under a key.</summary>
    public bool Check([NotNullWhen(true)] string? key)
    {
        if (string.IsNullOrWhiteSpace(key))
        {
            logger.HybridKeyEmpty();
            return false;
        }

        if (key.Length > maxLength)
        {
            logger.HybridKeyTooLong(key.Length, maxLength);
            return false;
        }

        if (key.AsSpan().IndexOfAnyInRange('\0', LastControl) >= 0)
        {
            logger.HybridKeyHasControlCharacter();
            return false;
        }

        return true;
    }

    /// <summary>Whether the cluster can store a value with this key and these tags.</summary>
    public bool AreShareable(string key, HybridTags tags)
    {
        if (!UnicodeText.IsValid(key))
        {
            logger.HybridKeyNotUnicode();
            return false;
        }

        if (!tags.AreShareable)
        {
            logger.HybridTagsNotShareable();
            return false;
        }

        return true;
    }
}
