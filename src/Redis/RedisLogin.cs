using CacheOrleans.Redis.Store;
using StackExchange.Redis;

namespace CacheOrleans.Redis;

/// <summary>Reads connection strings, and tries them before anything depends on them.</summary>
public static class RedisLogin
{
    /// <summary>Reads it, and connects to nothing.</summary>
    /// <remarks>Besides the driver's options there is <c>passwordFile</c>, a file that is read for each connection that
    /// is made, so that a new password needs no restart.</remarks>
    /// <returns>The options of a connection.</returns>
    /// <exception cref="ArgumentException">It is malformed; the message shows it with every option's value masked.
    /// </exception>
    public static ConfigurationOptions Read(string connectionString) => RedisConnectionString.Parse(connectionString);

    /// <summary>Returns null when a server lets this connection in, else why not, in one line.</summary>
    /// <param name="connectionString">The connection string, with its credentials.</param>
    /// <param name="limit">How long one attempt may take; there are two at most.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ArgumentException">It is malformed; the message shows it with every option's value masked.
    /// </exception>
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
