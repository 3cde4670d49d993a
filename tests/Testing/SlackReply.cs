using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace CacheOrleans.Testing;

/// <summary>How <see cref="SlackServer"/> answers a request.</summary>
public sealed class SlackReply
{
    private readonly Func<HttpContext, Task> _write;

    private SlackReply(Func<HttpContext, Task> write) => _write = write;

    /// <summary>The message is accepted.</summary>
    public static SlackReply Ok => Text(200, "ok");

    /// <summary>No response, for as long as the client waits.</summary>
    public static SlackReply Hang => new(HangAsync);

    /// <summary>The headers and a byte, and nothing more for as long as the client waits.</summary>
    public static SlackReply HangMidway => new(async context =>
    {
        await BeginAsync(context);
        await HangAsync(context);
    });

    /// <summary>The connection is closed without a response.</summary>
    public static SlackReply Cut => new(context =>
    {
        context.Abort();
        return Task.CompletedTask;
    });

    /// <summary>The connection is closed after the headers and a byte.</summary>
    public static SlackReply CutMidway => new(async context =>
    {
        await BeginAsync(context);
        context.Abort();
    });

    /// <summary>A body that continues for as long as the client reads it.</summary>
    public static SlackReply Endless => new(async context =>
    {
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.WriteAsync(new string('x', 1024), context.RequestAborted);
        }
    });

    /// <summary>A status and a body.</summary>
    public static SlackReply Text(int status, string body, params (string Name, string Value)[] headers) =>
        new(context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "text/html; charset=utf-8"; // as in every response of Slack
            foreach (var (name, value) in headers)
            {
                context.Response.Headers[name] = value;
            }

            return context.Response.WriteAsync(body);
        });

    /// <summary>Status 429, with the number of seconds to wait.</summary>
    public static SlackReply RateLimited(int seconds) =>
        Text(429, "rate_limited", ("Retry-After", seconds.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The message is accepted, but only after <paramref name="release"/> has completed.</summary>
    public static SlackReply Held(Task release) => new(async context =>
    {
        await release.WaitAsync(context.RequestAborted);
        await context.Response.WriteAsync("ok");
    });

    internal Task WriteAsync(HttpContext context) => _write(context);

    private static async Task BeginAsync(HttpContext context)
    {
        context.Response.ContentLength = 2;
        await context.Response.WriteAsync("o");
        await context.Response.Body.FlushAsync();
    }

    /// <remarks>An exception here only means that the client has closed the connection.</remarks>
    private static Task HangAsync(HttpContext context) =>
        Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
}
