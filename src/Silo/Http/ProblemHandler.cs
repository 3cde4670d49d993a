using System.Collections.Concurrent;
using CacheOrleans.Diagnostics;
using CacheOrleans.Silo.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;

namespace CacheOrleans.Silo.Http;

/// <summary>Responds to every exception with problem details, and logs why requests were not served.</summary>
internal sealed class ProblemHandler(
    IAuthorizationService authorization, TimeProvider time, ILogger<ProblemHandler> logger)
    : IExceptionHandler, IDisposable
{
    private readonly ConcurrentDictionary<int, RepeatedLine> _unserved = new(); // by status

    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var (statusCode, detail, why) = ProblemMapping.For(exception);
        if (statusCode >= StatusCodes.Status500InternalServerError)
        {
            Write(httpContext.Request, exception, statusCode, $"{detail} {why}");
            var isOperator = (await authorization.AuthorizeAsync(httpContext.User, HttpAccess.Operate)).Succeeded;
            detail = isOperator && why is not null ? $"{detail} {why}" : detail;
        }

        await Results.Problem(detail, statusCode: statusCode).ExecuteAsync(httpContext);
        return true;
    }

    public void Dispose()
    {
        foreach (var line in _unserved.Values)
        {
            line.Dispose();
        }
    }

    private void Write(HttpRequest request, Exception exception, int statusCode, string why)
    {
        if (statusCode == StatusCodes.Status500InternalServerError)
        {
            Log.RequestFailed(logger, exception, request.Method, request.Path);
        }
        else
        {
            var (method, path, text) = (request.Method, request.Path, why.ReplaceLineEndings(" "));
            _unserved.GetOrAdd(statusCode, static (_, time) => new(time), time)
                .Count(count => Log.RequestNotServed(logger, method, path, statusCode, text, count));
        }
    }
}
