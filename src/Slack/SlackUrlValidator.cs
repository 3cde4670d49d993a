using CacheOrleans.Slack.Delivery;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Slack;

/// <summary>Checks the webhook's address, and never repeats it.</summary>
internal sealed class SlackUrlValidator : IValidateOptions<SlackOptions>
{
    public ValidateOptionsResult Validate(string? name, SlackOptions options) =>
        string.IsNullOrWhiteSpace(options.WebhookUrl) || SlackWebhook.IsValid(options.WebhookUrl)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{SlackOptions.SectionName}:{nameof(SlackOptions.WebhookUrl)} is no absolute https address "
                + "(or http on loopback); it is not shown here, for it is a secret.");
}
