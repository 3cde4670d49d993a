using CacheOrleans.Slack.Delivery;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Slack;

/// <summary>Validates the webhook's address without revealing it.</summary>
internal sealed class SlackUrlValidator : IValidateOptions<SlackOptions>
{
    public ValidateOptionsResult Validate(string? name, SlackOptions options) =>
        string.IsNullOrWhiteSpace(options.WebhookUrl) || SlackWebhook.IsValid(options.WebhookUrl)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{SlackOptions.SectionName}:{nameof(SlackOptions.WebhookUrl)} must be an absolute https address "
                + "(or http on loopback). Its value is not shown here because it is a secret.");
}
