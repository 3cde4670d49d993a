namespace CacheOrleans.Silo.Http;

/// <summary>The exception for a request that cannot be served; its message is sent to the caller.</summary>
internal sealed class RequestProblemException(int statusCode, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public int StatusCode { get; } = statusCode;
}
