namespace CacheOrleans.Client;

/// <summary>No silo of the cluster answers, or Redis does not take a change and will not, and the call cannot do
/// without.</summary>
public sealed class CacheUnavailableException : Exception
{
    /// <summary>Tells what was tried.</summary>
    /// <param name="message">What was tried, and for how long.</param>
    /// <param name="inner">What the last attempt ended with.</param>
    public CacheUnavailableException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
