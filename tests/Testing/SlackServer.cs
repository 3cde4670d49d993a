using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CacheOrleans.Testing;

/// <summary>An HTTP server inside the test's process, on loopback, that acts as Slack.</summary>
public sealed class SlackServer : IAsyncDisposable
{
    /// <summary>The path of the webhook; it is a secret, as in Slack.</summary>
    public const string WebhookPath = "/services/T0000AAAA/B0000BBBB/aWebhooksSecretKey123456";

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly ConcurrentQueue<SlackReply> _replies = new();
    private readonly ConcurrentQueue<SlackRequest> _requests = new();
    private readonly WebApplication _app;

    private SlackServer()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>The webhook's address.</summary>
    public string Url => _app.Urls.Single() + WebhookPath;

    /// <summary>The requests received so far, in order of arrival, regardless of the reply.</summary>
    public IReadOnlyList<SlackRequest> Requests => [.. _requests];

    /// <summary>The reply when none of the replies from <see cref="Reply"/> is left.</summary>
    public SlackReply Otherwise { get; set; } = SlackReply.Ok;

    public static async Task<SlackServer> LaunchAsync()
    {
        var server = new SlackServer();
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Sets the replies to the next requests, one for each.</summary>
    public void Reply(params SlackReply[] replies)
    {
        foreach (var reply in replies)
        {
            _replies.Enqueue(reply);
        }
    }

    /// <summary>Waits until at least this many requests have arrived.</summary>
    public Task ReceivedAsync(int count) =>
        Eventually.TrueAsync(() => _requests.Count >= count, $"Slack has received {count} requests");

    /// <summary>Closes the port and every connection, including those that hang.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var at = Stopwatch.GetElapsedTime(_start);
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var reply = _replies.TryDequeue(out var next) ? next : Otherwise;
        _requests.Enqueue(new SlackRequest(
            at,
            context.Request.Method,
            context.Request.Path,
            context.Request.Headers.ToDictionary(
                header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body));
        await reply.WriteAsync(context);
    }
}
