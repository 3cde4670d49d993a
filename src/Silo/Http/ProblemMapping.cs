namespace CacheOrleans.Silo.Http;

/// <summary>Which status and text an exception becomes.</summary>
internal static class ProblemMapping
{
    /// <returns>The status, what everybody is told, and what only operators and the log are told: it may have addresses
    /// and the messages of servers.</returns>
    public static (int StatusCode, string Detail, string? Why) For(Exception exception) => exception switch
    {
        RequestProblemException problem => (problem.StatusCode, problem.Message, problem.InnerException?.Message),
        BadHttpRequestException bad => (bad.StatusCode, bad.Message, null),
        CacheFallbackException fallback => Failed(fallback.Cache, fallback.InnerException?.Message),
        LeaseFailedException lease => Failed(lease.Cache, $"{lease.Failure.ErrorType}: {lease.Failure.Message}"),
        _ when exception is TimeoutException || ClusterCall.IsTransient(exception) => (
            StatusCodes.Status503ServiceUnavailable,
            "The silo that owns this cannot be reached, and no other has taken it over yet.",
            exception.Message),
        _ => (StatusCodes.Status500InternalServerError, "An error nobody foresaw; the log of the silo has it.", null),
    };

    private static (int StatusCode, string Detail, string? Why) Failed(string cache, string? why) =>
        (StatusCodes.Status502BadGateway, $"The fallback of cache '{cache}' failed.", why);
}
