using System.Net.Mime;
using System.Text;
using Polly;

namespace CacheOrleans.Slack.Delivery;

/// <summary>Posts messages to the webhook, and repeats failed attempts until a response is final.</summary>
internal sealed class SlackClient(IHttpClientFactory clients, SlackWebhook webhook)
{
    /// <summary>The name of the HTTP client at the factory.</summary>
    public const string Name = "CacheOrleans.Slack";

    /// <summary>Posts a message, and returns the first final response with its body read.</summary>
    public async Task<HttpResponseMessage> PostAsync(
        string json, SlackAttempts attempts, CancellationToken cancellationToken)
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
            return await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }
}
