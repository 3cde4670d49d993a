using System.Security.Authentication;
using CacheOrleans.Storage;
using StackExchange.Redis;

namespace CacheOrleans.Redis.Store;

/// <summary>Decides which failures say something about the health of Redis.</summary>
/// <remarks>
/// Inner exceptions are examined too, and what the server said takes precedence over the broken connection that
/// followed. <c>READONLY</c> counts as a lost connection: the server was demoted, so there is no connection to a
/// primary, and the driver itself reports just that once it has noticed. As <see cref="StoreFailureKind.Other"/> it
/// would lose writes and removes until then.
/// </remarks>
internal static class RedisFailures
{
    // A script's error may quote the reply inside its own text, so these texts may occur anywhere in a message.
    private static readonly (string Text, StoreFailureKind Kind)[] Replies =
    [
        ("OOM ", StoreFailureKind.OutOfMemory),
        ("CLUSTERDOWN", StoreFailureKind.ClusterDown),
        ("MASTERDOWN", StoreFailureKind.ClusterDown),
        ("LOADING ", StoreFailureKind.Loading),
        ("NOAUTH", StoreFailureKind.Authentication),
        ("WRONGPASS", StoreFailureKind.Authentication),
        ("NOPERM ", StoreFailureKind.Authentication),
        ("The user executing the script ", StoreFailureKind.Authentication), // NOPERM of a command inside
        ("max number of clients", StoreFailureKind.TooManyClients),
        ("READONLY ", StoreFailureKind.Connection),
        ("MISCONF ", StoreFailureKind.Refusing),
        ("NOREPLICAS ", StoreFailureKind.Refusing),
        ("BUSY ", StoreFailureKind.Refusing),
        ("TRYAGAIN ", StoreFailureKind.Refusing),
    ];

    public static StoreFailure Classify(Exception exception)
    {
        var kind = StoreFailureKind.Other;
        foreach (var inner in Flatten(exception))
        {
            var found = KindOf(inner);
            if (found is not (StoreFailureKind.Other or StoreFailureKind.Connection or StoreFailureKind.Timeout))
            {
                return new(found, exception);
            }

            kind = kind == StoreFailureKind.Other ? found : kind;
        }

        return new(kind, exception);
    }

    private static IEnumerable<Exception> Flatten(Exception exception)
    {
        var inner = exception is AggregateException aggregate
            ? aggregate.InnerExceptions
            : exception.InnerException is { } single ? [single] : (IEnumerable<Exception>)[];
        return inner.SelectMany(Flatten).Prepend(exception);
    }

    private static StoreFailureKind KindOf(Exception exception) => exception switch
    {
        RedisServerException server => KindOf(server),
        KeyPrefixTakenException => StoreFailureKind.Foreign,
        RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } refused =>
            Flatten(refused).Any(inner => inner is AuthenticationException) // TLS failed, before any password was sent
                ? StoreFailureKind.Connection
                : StoreFailureKind.Authentication,
        RedisConnectionException { FailureType: ConnectionFailureType.Loading } => StoreFailureKind.Loading,
        RedisConnectionException connection => ConnectionOr(connection.Message),
        TimeoutException => StoreFailureKind.Timeout,
        _ => StoreFailureKind.Other,
    };

    private static StoreFailureKind KindOf(RedisServerException exception) => exception.Kind switch
    {
        RedisErrorKind.OutOfMemory => StoreFailureKind.OutOfMemory,
        RedisErrorKind.ClusterDown or RedisErrorKind.MasterDown => StoreFailureKind.ClusterDown,
        RedisErrorKind.Loading => StoreFailureKind.Loading,
        RedisErrorKind.NoAuth or RedisErrorKind.WrongPass or RedisErrorKind.NoPermission =>
            StoreFailureKind.Authentication,
        RedisErrorKind.MaxClients => StoreFailureKind.TooManyClients,
        RedisErrorKind.Timeout => StoreFailureKind.Timeout,
        RedisErrorKind.ReadOnly => StoreFailureKind.Connection,
        RedisErrorKind.ConnectionFault => ConnectionOr(exception.Message),
        RedisErrorKind.Misconfigured or RedisErrorKind.NoReplicas or RedisErrorKind.Busy or RedisErrorKind.TryAgain =>
            StoreFailureKind.Refusing,
        _ => KindOf(exception.Message), // an error inside a script may be reported within another error
    };

    private static StoreFailureKind ConnectionOr(string message) =>
        KindOf(message) is var said and not StoreFailureKind.Other ? said : StoreFailureKind.Connection;

    private static StoreFailureKind KindOf(string message)
    {
        foreach (var (text, kind) in Replies)
        {
            if (message.Contains(text, StringComparison.Ordinal))
            {
                return kind;
            }
        }

        return StoreFailureKind.Other;
    }
}
