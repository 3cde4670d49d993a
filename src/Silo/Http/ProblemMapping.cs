namespace CacheOrleans.Silo.Http;

/// <summary>Which status and text an exception becomes.</summary>
internal static class ProblemMapping
{
    public static (int StatusCode, string Detail) For(Exception exception) => exception switch
    {
        RequestProblemException problem => (problem.StatusCode, problem.Message),
        BadHttpRequestException bad => (bad.StatusCode, bad.Message),
        CacheFallbackException fallback => (StatusCodes.Status502BadGateway, fallback.Message),
        _ when ClusterCall.IsTransient(exception) => (
            StatusCodes.Status503ServiceUnavailable,
            "The silo that owns this entry cannot be reached, and no other has taken it over yet."),
        _ => (StatusCodes.Status500InternalServerError, "An error nobody foresaw; the log of the silo has it."),
    };
}
