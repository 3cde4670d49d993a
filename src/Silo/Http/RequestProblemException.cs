namespace CacheOrleans.Silo.Http;

/// <summary>A request cannot be served; the message is for its sender.</summary>
internal sealed class RequestProblemException(int statusCode, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public int StatusCode { get; } = statusCode;
}
