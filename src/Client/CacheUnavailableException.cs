namespace CacheOrleans.Client;

/// <summary>Thrown when a call cannot proceed without the cluster and no silo answers, or when Redis rejects a change
/// for good.</summary>
public sealed class CacheUnavailableException : Exception
{
    /// <summary>Creates an exception that describes what was tried.</summary>
    /// <param name="message">What was tried, and for how long.</param>
    /// <param name="inner">The error of the last attempt.</param>
    public CacheUnavailableException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
