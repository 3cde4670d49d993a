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

    /// <summary>Returns the endpoints and the names of the options, without the values.</summary>
    /// <remarks>A password may contain commas, equals signs and <c>@</c>. So nothing is shown after the beginning of
    /// one, nothing of credentials before an endpoint, and nothing at all if credentials may have an equals
    /// sign.</remarks>
    private static string Mask(string text)
    {
        var parts = text.Split(',');
        var count = parts.TakeWhile(part => !part.Contains('=')).Count();
        var endpoints = string.Join(',', parts.Take(count));
        var names = parts.Skip(count).Where(part => part.Contains('='))
            .Select(part => part[..part.IndexOf('=')].Trim())
            .ToList();
        var at = text.LastIndexOf('@');
        var isAddress = at >= 0 && text.AsSpan(0, at).Contains("://", StringComparison.Ordinal);
        if (at >= endpoints.Length && (isAddress || names.Exists(name => name.Contains('@'))))
        {
            return "***";
        }

        var credentials = endpoints.LastIndexOf('@');
        var password = names.FindIndex(name => name.EndsWith("password", StringComparison.OrdinalIgnoreCase));
        var shown = names.Take(password < 0 ? names.Count : password + 1).Select(name => $"{Shown(name)}=***");
        string[] hosts = count == 0 ? [] : [credentials < 0 ? endpoints : "***" + endpoints[credentials..]];
        return string.Join(',', hosts.Concat(shown));
    }

    /// <summary>Returns the name of an option; what cannot be one may be a part of credentials.</summary>
    private static string Shown(string name) => name.All(char.IsAsciiLetter) ? name : "***";
}
