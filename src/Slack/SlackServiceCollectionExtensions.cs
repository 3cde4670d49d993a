using System.Security.Cryptography;
using CacheOrleans.Alerts;
using CacheOrleans.Settings;
using CacheOrleans.Slack;
using CacheOrleans.Slack.Delivery;
using CacheOrleans.Slack.Messages;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Slack as a channel for alerts.</summary>
public static class SlackServiceCollectionExtensions
{
    /// <summary>Adds the Slack channel, if the configuration has a webhook's address.</summary>
    /// <remarks>Reads the address immediately, so the configuration must already have it; without an address no channel
    /// is added. The address is registered as an <see cref="AlertSecret"/> too, so that no message repeats it.
    /// </remarks>
    public static IServiceCollection AddSlackAlerts(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        if (services.Any(service => service.ServiceType == typeof(SlackUrlValidator)))
        {
            return services;
        }

        var section = configuration.GetSection(SlackOptions.SectionName);
        services.AddSingleton<SlackUrlValidator>();
        services.AddStrictOptions<SlackOptions, SlackOptionsValidator>(SlackOptions.SectionName, configuration);
        services.AddSingleton<IValidateOptions<SlackOptions>>(
            provider => provider.GetRequiredService<SlackUrlValidator>());
        return section[nameof(SlackOptions.WebhookUrl)] is { } url && !string.IsNullOrWhiteSpace(url)
            ? services.AddChannel(url)
            : services;
    }

    private static IServiceCollection AddChannel(this IServiceCollection services, string url)
    {
        foreach (var secret in SlackWebhook.Secrets(url))
        {
            services.AddSingleton(secret);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SlackWebhook>();
        services.AddSingleton<SlackPause>();
        services.AddSingleton<SlackErrorText>();
        services.AddSingleton<SlackDiagnostics>();
        services.AddSingleton<SlackClient>();
        services.AddSingleton<SlackMessage>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<SlackRetry>(
            provider, new Random(RandomNumberGenerator.GetInt32(int.MaxValue))));
        services.AddSingleton<IAlertChannel, SlackChannel>();
        services.AddClient();
        return services;
    }

    private static void AddClient(this IServiceCollection services)
    {
        // The factory's loggers and the runtime's activities would reveal the full address of each request.
        var client = services.AddHttpClient(SlackClient.Name)
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                ActivityHeadersPropagator = null,
                AllowAutoRedirect = false,
                UseCookies = false,
            });

        // Every wait is limited by other means: by the attempt's timeout and by the message's deadline.
        client.ConfigureHttpClient(http => http.Timeout = Timeout.InfiniteTimeSpan);
        client.AddResilienceHandler("retry", (builder, context) =>
        {
            builder.TimeProvider = context.ServiceProvider.GetRequiredService<TimeProvider>();
            context.ServiceProvider.GetRequiredService<SlackRetry>().Configure(builder);
        });
        client.AddHttpMessageHandler(() => new ResponseBodyReader());
    }
}
