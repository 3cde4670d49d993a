using CacheOrleans.Redis.Store;
using StackExchange.Redis;

namespace CacheOrleans.Redis;

/// <summary>Parses connection strings, and tests them before anything depends on them.</summary>
public static class RedisLogin
{
    /// <summary>Parses a connection string without connecting.</summary>
    /// <remarks>In addition to the driver's options it may have <c>passwordFile</c>, a file that is read again for each
    /// new connection, so that a new password needs no restart.</remarks>
    /// <returns>The options of a connection.</returns>
    /// <exception cref="ArgumentException">The connection string is malformed; the message shows it with every option's
    /// value masked.</exception>
    public static ConfigurationOptions Read(string connectionString) => RedisConnectionString.Parse(connectionString);

    /// <summary>Tests whether a server accepts this connection. Returns null if it does, else the reason in one line.
    /// </summary>
    /// <param name="connectionString">The connection string, with its credentials.</param>
    /// <param name="limit">How long one attempt may take; there are at most two attempts.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ArgumentException">The connection string is malformed; the message shows it with every option's
    /// value masked.</exception>
    public static async Task<string?> TryAsync(
        string connectionString, TimeSpan limit, CancellationToken cancellationToken)
    {
        var options = RedisConnectionString.Parse(connectionString);
        options.AbortOnConnectFail = true;
        options.ConnectRetry = 1;
        options.ConnectTimeout = (int)limit.TotalMilliseconds;
        try
        {
            var connection = await ConnectionMultiplexer.ConnectAsync(options)
                .WaitAsync(cancellationToken).ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
            return null;
        }
        catch (RedisException exception)
        {
            return exception.Message.ReplaceLineEndings(" ");
        }
    }
}
