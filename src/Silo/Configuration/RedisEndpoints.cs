using System.Collections.Immutable;
using System.Globalization;

namespace CacheOrleans.Silo.Configuration;

/// <summary>The servers that a Redis connection string names.</summary>
internal static class RedisEndpoints
{
    private const int DefaultPort = 6379;

    /// <summary>Returns the host and port of each server; options such as <c>ssl=true</c> are skipped.</summary>
    public static ImmutableArray<(string Host, int Port)> Read(string connectionString) =>
    [
        .. connectionString.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(part => !part.Contains('=', StringComparison.Ordinal))
            .Select(Split),
    ];

    /// <summary>Whether the connection is encrypted.</summary>
    public static bool IsTls(string connectionString) =>
        connectionString.Replace(" ", string.Empty, StringComparison.Ordinal)
            .Contains("ssl=true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether two connection strings have a server in common.</summary>
    public static bool Share(string left, string right) => Read(left).Intersect(Read(right)).Any();

    private static (string Host, int Port) Split(string part)
    {
        var colon = part.LastIndexOf(':');
        var isPort = colon > 0
            && part.IndexOf(':', StringComparison.Ordinal) == colon | part[colon - 1] == ']';
        return isPort && int.TryParse(part.AsSpan(colon + 1), CultureInfo.InvariantCulture, out var port)
            ? (part[..colon].Trim('[', ']').ToLowerInvariant(), port)
            : (part.Trim('[', ']').ToLowerInvariant(), DefaultPort);
    }
}
