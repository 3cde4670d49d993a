using System.ComponentModel.DataAnnotations;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Silo.Startup;

/// <summary>Tells the failures an operator can mend, each in one line, from those that are bugs.</summary>
internal static class StartFailure
{
    /// <summary>Returns null for an exception that is to be printed in full.</summary>
    public static StartFailureException? Describe(Exception exception) => exception switch
    {
        StartFailureException known => known,
        AggregateException { InnerExceptions: [var only] } => Describe(only),
        IOException { InnerException: AddressInUseException } inUse
            => new(ExitCode.Configuration, OneLine(inUse), inUse),
        SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse or SocketError.AddressNotAvailable }
            => new(ExitCode.Configuration, OneLine(exception), exception),
        OptionsValidationException invalid => new(
            ExitCode.Configuration,
            $"Configuration: {string.Join(" ", invalid.Failures)}",
            exception),
        OrleansConfigurationException or InvalidDataException or FormatException
            or ArgumentException or InvalidOperationException or ValidationException
            => new(ExitCode.Configuration, $"Configuration: {OneLine(exception)}", exception),
        _ when IsMembership(exception) => new(
            ExitCode.MembershipUnreachable,
            $"The cluster's membership cannot be read (ConnectionStrings:Membership): {OneLine(exception)}",
            exception),
        _ => null,
    };

    /// <remarks>The cache's Redis never fails a start: its failures are results.</remarks>
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

    /// <summary>The outer message and the innermost, which is where the line number of bad JSON stands.</summary>
    private static string OneLine(Exception exception)
    {
        var innermost = exception.GetBaseException();
        var text = exception.Message.Contains(innermost.Message, StringComparison.Ordinal)
            ? exception.Message
            : $"{exception.Message} {innermost.Message}";
        return text.ReplaceLineEndings(" ");
    }
}
