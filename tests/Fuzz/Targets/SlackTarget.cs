using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using CacheOrleans.Alerts;
using CacheOrleans.Slack.Delivery;

namespace CacheOrleans.Fuzz.Targets;

/// <summary>Responses of Slack, or of what answers in its place.</summary>
/// <remarks>The input is a status, headers, an empty line and a body. In place of the status there may be <c>hang</c>
/// or <c>cut</c>; the header <c>Repeat</c> makes the body longer.</remarks>
internal sealed class SlackTarget : ITarget
{
    private const int MaxBody = 64 * 1024;

    private static readonly TimeSpan LongestDelay = RetryAfter.Longest + TimeSpan.FromMilliseconds(20);

    private static readonly string[] Statuses =
    [
        "200", "200", "204", "302", "400", "403", "404", "408", "410", "429", "429", "500", "502", "503", "cut", "hang",
    ];

    private static readonly string[] Bodies =
    [
        "ok", " ok\n", "OK", "", "invalid_payload", "no_service", "rollup_error", """{"ok":false,"retry_after":3}""",
        """{"retry_after":1e300}""", """{"retry_after":-1}""", """{"retry_after":"3"}""",
        """{"retry_after":{"a":[]}}""", """{"retry_after":""", "<html>",
        $"https://hooks.slack.com/services/T0/B0/{ScriptedSlack.Token}",
        ScriptedSlack.Token, "\u0000", "\uFEFFok", "<!channel>", new('[', 300), new('x', 90),
    ];

    private static readonly string[] Headers =
    [
        "Retry-After: 3", "Retry-After: 99999999999999999999", "Retry-After: -5", "Retry-After: 0.5",
        "Retry-After: Sun, 01 Mar 2099 14:00:30 GMT", "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT", "Retry-After: NaN",
        "Retry-After: 3, 4", "Retry-After: soon", "Retry-After:", "Retry-After: 1e9", "Repeat: 100000", "Repeat: 9",
        "Content-Encoding: gzip",
        $"Location: /services/T0/B0/{ScriptedSlack.Token}",
    ];

    private readonly ConcurrentBag<ScriptedSlack> _idle = [];

    public string Name => "slack";

    public int Share => 14;

    public IReadOnlyList<string> Words { get; } =
        [.. Statuses, .. Bodies, .. Headers, "\n", "\n\n", "retry_after", "Retry-After: ", "\"", ":", "\r"];

    public byte[] Generate(Random random) => Text.Bytes(string.Join('\n',
    [
        random.One(Statuses),
        .. Enumerable.Range(0, random.Next(3)).Select(_ => random.One(Headers)),
        string.Empty,
        random.Some(Bodies, 2),
    ]));

    public async ValueTask<string> RunAsync(byte[] input)
    {
        var parts = Text.Of(input).Split("\n\n", 2);
        var (head, body) = (parts[0].Split('\n'), parts.ElementAtOrDefault(1) ?? string.Empty);
        var times = int.TryParse(Header(head, "Repeat"), out var repeat) ? repeat : 1;
        times = Math.Clamp(times, 1, 1 + (200_000 / (body.Length + 1)));
        var content = Text.Bytes(string.Concat(Enumerable.Repeat(body, times)));
        if (!_idle.TryTake(out var slack))
        {
            slack = new();
        }

        var error = await slack.DeliverAsync(cancellationToken => RespondAsync(head, content, cancellationToken));
        var outcome = Check(head, content, error, slack);
        _idle.Add(slack);
        return outcome;
    }

    private static string Check(string[] head, byte[] content, Exception? error, ScriptedSlack slack)
    {
        Promise.IsNotIn(ScriptedSlack.Token, $"{error}\n{string.Join('\n', slack.Lines)}");
        Promise.That(error is null or AlertDeliveryException, $"A delivery fails as documented: {error}");
        var isRetried = Status(head) is null or 408 or 429 or >= 500;
        var body = Encoding.UTF8.GetString(content, 0, Math.Min(content.Length, MaxBody));
        var isOk = Status(head) == 200 && (body.StartsWith('\uFEFF') ? body[1..] : body).Trim() == "ok";
        Promise.That(
            slack.Delays.Count == (isRetried ? 1 : 0), $"Retried: {isRetried}, but {slack.Delays.Count} times");
        Promise.That(error is null == (isRetried || isOk), $"Delivered: {isRetried || isOk}, but {error}");
        foreach (var delay in slack.Delays)
        {
            Promise.That(delay > TimeSpan.Zero && delay <= LongestDelay, $"A wait has bounds: {delay}");
            Promise.That(Status(head) is null || delay >= Asked(head), $"A wait is as long as asked: {delay}");
        }

        var hours = slack.Delays.Sum(delay => Math.Round(delay.TotalHours, 1));
        return $"{Status(head)} {isOk} {hours} {slack.Lines.Count} {error?.Message.Length / 16}";
    }

    /// <summary>The wait that a plain number of seconds asks for.</summary>
    private static TimeSpan Asked(string[] head)
    {
        var asked = Header(head, "Retry-After");
        return asked is { Length: > 0 and < 18 } && asked.All(char.IsAsciiDigit)
            ? TimeSpan.FromSeconds(Math.Min(long.Parse(asked, CultureInfo.InvariantCulture), 3600))
            : TimeSpan.Zero;
    }

    private static string? Header(string[] head, string name) => head.Skip(1)
        .Select(line => line.Split(": ", 2))
        .FirstOrDefault(line => line is [var given, _] && given == name)?[1];

    /// <summary>The status; null if there is no response.</summary>
    private static int? Status(string[] head) => head[0] is "cut" or "hang" ? null
        : !int.TryParse(head[0], NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? 200
        : Math.Clamp(status, 200, 599);

    private static Task<HttpResponseMessage> RespondAsync(
        string[] head, byte[] content, CancellationToken cancellationToken)
    {
        if (Status(head) is not { } status)
        {
            var never = new TaskCompletionSource<HttpResponseMessage>();
            cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
            var text = Text.Of(content.AsSpan(0, Math.Min(content.Length, 200)));
            return head[0] == "hang"
                ? never.Task
                : Task.FromException<HttpResponseMessage>(new HttpRequestException($"{string.Join(' ', head)} {text}"));
        }

        var response = new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new StreamContent(new DrippingStream(content)),
        };
        foreach (var line in head.Skip(1).Select(line => line.Split(':', 2)).Where(line => line.Length == 2))
        {
            response.Headers.TryAddWithoutValidation(line[0], line[1].TrimStart());
        }

        return Task.FromResult(response);
    }
}
