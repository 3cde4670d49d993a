using CacheOrleans.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.Logging;

/// <summary>Limits repeated log messages while something is broken.</summary>
public static class ThrottledLoggingBuilderExtensions
{
    /// <summary>Writes repeated warnings and errors of Orleans, Npgsql and StackExchange.Redis as a count, because some
    /// of them occur for each failed message.</summary>
    /// <param name="logging">The host's logging, otherwise completely configured.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>The first message of a kind is written immediately, the following ones are counted. The count is
    /// written with the last of them after a minute, then after two minutes, four, and so on up to once per hour, and
    /// at the end. A kind that has not occurred for that long counts as new again. A kind consists of a category, a
    /// level, an event, a message without its values, and a type of exception.</remarks>
    public static ILoggingBuilder ThrottleRepeats(this ILoggingBuilder logging)
    {
        ArgumentNullException.ThrowIfNull(logging);
        var inner = logging.Services.Last(service => service.ServiceType == typeof(ILoggerFactory));
        logging.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(services => new ThrottledLoggerFactory(
            (ILoggerFactory)(inner.ImplementationInstance
                ?? inner.ImplementationFactory?.Invoke(services)
                ?? ActivatorUtilities.CreateInstance(services, inner.ImplementationType!)),
            services.GetService<TimeProvider>() ?? TimeProvider.System,
            ownsInner: inner.ImplementationInstance is null)));
        return logging;
    }
}
