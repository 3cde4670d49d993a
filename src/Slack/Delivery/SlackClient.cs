using System.Net;
using System.Net.Mime;
using System.Text;
using CacheOrleans.Alerts;
using Polly;

namespace CacheOrleans.Slack.Delivery;

/// <summary>Posts messages to the webhook, and repeats failed attempts until a response is final.</summary>
internal sealed class SlackClient(IHttpClientFactory clients, SlackWebhook webhook, SlackErrorText text)
{
    /// <summary>The name of the HTTP client at the factory.</summary>
    public const string Name = "CacheOrleans.Slack";

    /// <summary>Posts a message.</summary>
    /// <exception cref="AlertDeliveryException">The first final response is not <c>ok</c>.</exception>
    public async Task PostAsync(string json, SlackAttempts attempts, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(Name);
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Address)
        {
            Content = new StringContent(json, Encoding.UTF8, MediaTypeNames.Application.Json),
        };
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            context.Properties.Set(SlackAttempts.Key, attempts);
            request.SetResilienceContext(context);
            using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var body = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK || body.Trim() != "ok")
            {
                throw new AlertDeliveryException(
                    "Slack rejected the message: "
                    + await text.DescribeAsync(response, cancellationToken).ConfigureAwait(false));
            }
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }
}
