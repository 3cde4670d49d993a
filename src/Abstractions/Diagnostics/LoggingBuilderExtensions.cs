using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Diagnostics;

/// <summary>Keeps logs short while something is broken.</summary>
public static class LoggingBuilderExtensions
{
    /// <summary>Has warnings and errors of Orleans, Npgsql and StackExchange.Redis that repeat written as a count: some
    /// are for each message that fails.</summary>
    /// <param name="logging">The host's logging, set up but for this.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>The first of a kind is written as it comes, those that follow are counted. The count is written with
    /// the last of them after a minute, then after two minutes, four, and so on up to each hour, and at the end; what
    /// has not happened for as long is new again. A kind is a category, a level, an event, a message without its
    /// values, and a type of exception.</remarks>
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
