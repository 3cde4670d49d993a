using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace CacheOrleans.Slack.Delivery;

/// <summary>Decides which failed attempts are repeated, and when.</summary>
/// <remarks>The number of attempts is not limited: the caller's token ends them. An attempt that timed out or whose
/// response was truncated may still have been accepted; the message then arrives twice, with the same id.</remarks>
internal sealed class SlackRetry(
    IOptions<SlackOptions> options,
    SlackPause pause,
    SlackErrorText text,
    SlackDiagnostics diagnostics,
    Random random)
{
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(1);

    public void Configure(ResiliencePipelineBuilder<HttpResponseMessage> builder)
    {
        builder.TelemetryListener = null; // this project logs attempts itself, once and without the address
        builder.AddRetry(new HttpRetryStrategyOptions
        {
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = options.Value.RetryDelay,
            MaxDelay = MaxDelay,
            Randomizer = random.NextDouble,
            ShouldHandle = args => ValueTask.FromResult(IsTransient(args.Outcome)),
            DelayGenerator = AskedDelayAsync,
            OnRetry = OnFailedAsync,
        });
        builder.AddTimeout(new HttpTimeoutStrategyOptions { Timeout = options.Value.AttemptTimeout });
    }

    private static bool IsTransient(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException or IOException or TimeoutRejectedException } => true,
        { Result.StatusCode: HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests } => true,
        { Result.StatusCode: >= HttpStatusCode.InternalServerError } => true,
        _ => false,
    };

    private async ValueTask OnFailedAsync(OnRetryArguments<HttpResponseMessage> args)
    {
        var reason = await text.DescribeAsync(args.Outcome, args.Context.CancellationToken).ConfigureAwait(false);
        if (args.Context.Properties.TryGetValue(SlackAttempts.Key, out var attempts))
        {
            attempts.OnFailed(reason);
            diagnostics.OnFailed(attempts, reason, args.RetryDelay);
        }
    }

    /// <summary>Returns the delay that the response asks for, but at least the first delay; null, which means the
    /// growing delay, if the response asks for none.</summary>
    private async ValueTask<TimeSpan?> AskedDelayAsync(RetryDelayGeneratorArguments<HttpResponseMessage> args)
    {
        if (args.Outcome.Result is not { } response)
        {
            return null;
        }

        var body = await response.Content.ReadAsStringAsync(args.Context.CancellationToken).ConfigureAwait(false);
        var asked = pause.Take(response, body);
        return asked is { } delay && delay < options.Value.RetryDelay ? options.Value.RetryDelay : asked;
    }
}
