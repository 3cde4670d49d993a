using Microsoft.AspNetCore.Diagnostics;

namespace CacheOrleans.Silo.Http;

/// <summary>Answers every exception with a problem, and logs those nobody foresaw.</summary>
internal sealed class ProblemHandler(ILogger<ProblemHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var (statusCode, detail) = ProblemMapping.For(exception);
        if (statusCode == StatusCodes.Status500InternalServerError)
        {
            Log.RequestFailed(logger, exception, httpContext.Request.Method, httpContext.Request.Path);
        }

        await Results.Problem(detail, statusCode: statusCode).ExecuteAsync(httpContext);
        return true;
    }
}
