using System.ComponentModel.DataAnnotations;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Silo.Startup;

/// <summary>Distinguishes failures that an operator can fix, each described in one line, from bugs.</summary>
internal static class StartFailure
{
    /// <summary>Returns the failure in one line, or null for an exception that is to be printed in full.</summary>
    public static StartFailureException? Describe(Exception exception) => exception switch
    {
        StartFailureException known => known,
        AggregateException { InnerExceptions: [var only] } => Describe(only),
        AggregateException { InnerExceptions: var all } when all.All(one => one is OptionsValidationException)
            => Invalid(exception, all.Cast<OptionsValidationException>().SelectMany(invalid => invalid.Failures)),
        IOException { InnerException: AddressInUseException } inUse
            => new(ExitCode.Configuration, OneLine(inUse), inUse),
        SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse or SocketError.AddressNotAvailable }
            => new(ExitCode.Configuration, OneLine(exception), exception),
        OptionsValidationException invalid => Invalid(exception, invalid.Failures),
        OrleansConfigurationException or InvalidDataException or FormatException
            or ArgumentException or InvalidOperationException or ValidationException
            => new(ExitCode.Configuration, $"Configuration: {OneLine(exception)}", exception),
        _ when IsMembership(exception) => new(
            ExitCode.MembershipUnreachable,
            $"The cluster's membership cannot be read (ConnectionStrings:Membership): {OneLine(exception)}",
            exception),
        _ => null,
    };

    private static StartFailureException Invalid(Exception exception, IEnumerable<string> failures) =>
        new(ExitCode.Configuration, $"Configuration: {string.Join(" ", failures)}", exception);

    /// <remarks>Only the membership's Redis fails a start: failures of the cache's Redis are results.</remarks>
    private static bool IsMembership(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception.GetType().Namespace == "StackExchange.Redis")
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns the outer message and the innermost one, which has the line number of invalid JSON.</summary>
    private static string OneLine(Exception exception)
    {
        var innermost = exception.GetBaseException();
        var text = exception.Message.Contains(innermost.Message, StringComparison.Ordinal)
            ? exception.Message
            : $"{exception.Message} {innermost.Message}";
        return text.ReplaceLineEndings(" ");
    }
}
