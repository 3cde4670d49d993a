namespace CacheOrleans.Silo.Http;

/// <summary>Maps exceptions to the status and the text of the response.</summary>
internal static class ProblemMapping
{
    /// <returns>The status, the text for every caller, and the reason, which only operators and the log get because it
    /// may have addresses and the messages of servers.</returns>
    public static (int StatusCode, string Detail, string? Why) For(Exception exception) => exception switch
    {
        RequestProblemException problem => (problem.StatusCode, problem.Message, problem.InnerException?.Message),
        BadHttpRequestException bad => (bad.StatusCode, bad.Message, null),
        CacheFallbackException fallback => Failed(fallback.Cache, fallback.InnerException?.Message),
        LeaseFailedException lease => Failed(lease.Cache, $"{lease.Failure.ErrorType}: {lease.Failure.Message}"),
        _ when exception is TimeoutException || ClusterCall.IsTransient(exception) => (
            StatusCodes.Status503ServiceUnavailable,
            "The silo that owns this cannot be reached, and no other silo has taken it over yet.",
            exception.Message),
        _ => (StatusCodes.Status500InternalServerError, "An unexpected error occurred; see the log of the silo.", null),
    };

    private static (int StatusCode, string Detail, string? Why) Failed(string cache, string? why) =>
        (StatusCodes.Status502BadGateway, $"The fallback of cache '{cache}' failed.", why);
}
