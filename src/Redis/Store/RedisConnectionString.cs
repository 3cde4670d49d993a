using System.Net;
using StackExchange.Redis;

namespace CacheOrleans.Redis.Store;

/// <summary>Parses connection strings, and describes what is wrong with one without revealing its secrets.</summary>
internal static class RedisConnectionString
{
    /// <exception cref="ArgumentException">The connection string is malformed; the message shows it with every option's
    /// value masked.</exception>
    public static ConfigurationOptions Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new ArgumentException("The Redis connection string is empty.", nameof(text));
        }

        var first = text.Split(',')[0];
        if (first.Contains("://", StringComparison.Ordinal) || first.Contains('@', StringComparison.Ordinal))
        {
            throw Malformed(text, "it must begin with host:port; pass credentials in the options user= and password=");
        }

        try
        {
            var (driver, passwordFile) = PasswordFile.TakeFrom(text);
            var options = ConfigurationOptions.Parse(driver);
            passwordFile?.Apply(options);
            return options.EndPoints.Count == 0 ? throw Malformed(text, "it has no endpoint")
                : options.EndPoints.FirstOrDefault(IsNoHost) is null ? options
                : throw Malformed(text, "one of its endpoints is not host:port");
        }
        catch (IOException exception)
        {
            throw Malformed(text, $"its passwordFile cannot be used: {exception.Message.TrimEnd('.')}");
        }
        catch (Exception exception) when (exception is not ArgumentException { ParamName: nameof(text) })
        {
            // The driver's message may quote a secret, so neither the message nor the exception is passed on.
            throw Malformed(text, "one of its endpoints or options cannot be read");
        }
    }

    /// <summary>Whether an endpoint is neither a valid host name nor an address.</summary>
    private static bool IsNoHost(EndPoint endpoint) =>
        endpoint is DnsEndPoint named && Uri.CheckHostName(named.Host) == UriHostNameType.Unknown;

    private static ArgumentException Malformed(string text, string why) =>
        new($"The Redis connection string '{Mask(text)}' is malformed: {why}.", nameof(text));

    /// <summary>Returns the endpoints and the names of the options, without the values. A password may contain commas,
    /// so no part after the first option is taken for an endpoint.</summary>
    private static string Mask(string text)
    {
        var parts = text.Split(',');
        var endpoints = parts.TakeWhile(part => !part.Contains('=', StringComparison.Ordinal)).ToArray();
        var options = parts.Skip(endpoints.Length)
            .Where(part => part.Contains('=', StringComparison.Ordinal))
            .Select(part => part[..part.IndexOf('=', StringComparison.Ordinal)].Trim() + "=***");
        var shown = endpoints.Select(part => part.Contains('@', StringComparison.Ordinal)
            ? "***" + part[part.LastIndexOf('@')..]
            : part);
        return string.Join(',', shown.Concat(options));
    }
}
