using CacheOrleans.Redis.Store;
using CacheOrleans.Storage;
using StackExchange.Redis;

namespace CacheOrleans.Redis.Tests.Store;

[Trait("Row", "B2")]
public sealed class RedisFailuresTests
{
    [Theory]
    [InlineData("OOM command not allowed when used memory > 'maxmemory'.", StoreFailureKind.OutOfMemory)]
    [InlineData("ERR Error running script (call to f_1): @user_script:1: OOM command not allowed when used memory",
        StoreFailureKind.OutOfMemory)]
    [InlineData("CLUSTERDOWN The cluster is down", StoreFailureKind.ClusterDown)]
    [InlineData("MASTERDOWN Link with MASTER is down", StoreFailureKind.ClusterDown)]
    [InlineData("LOADING Redis is loading the dataset in memory", StoreFailureKind.Loading)]
    [InlineData("NOAUTH Authentication required.", StoreFailureKind.Authentication)]
    [InlineData("WRONGPASS invalid username-password pair", StoreFailureKind.Authentication)]
    [InlineData("ERR max number of clients reached", StoreFailureKind.TooManyClients)]
    [InlineData("WRONGTYPE Operation against a key holding the wrong kind of value", StoreFailureKind.Other)]
    [InlineData("READONLY You can't write against a read only replica.", StoreFailureKind.Other)]
    [InlineData("MISCONF Redis is configured to save RDB snapshots", StoreFailureKind.Other)]
    [InlineData("NOPERM this user has no permissions", StoreFailureKind.Other)]
    [InlineData("BUSY Redis is busy running a script.", StoreFailureKind.Other)]
    [InlineData("ERR unknown command 'FOO'", StoreFailureKind.Other)]
    public void Classify_OfServerReply_FollowsTheReply(string reply, StoreFailureKind kind)
    {
        var failure = RedisFailures.Classify(Server(reply));
        Assert.Equal(kind, failure.Kind);
        Assert.Equal(kind != StoreFailureKind.Other, failure.IsTarget);
    }

    public static TheoryData<Exception, StoreFailureKind> Exceptions => new()
    {
        { Connection(ConnectionFailureType.UnableToConnect), StoreFailureKind.Connection },
        { Connection(ConnectionFailureType.SocketClosed), StoreFailureKind.Connection },
        { Connection(ConnectionFailureType.AuthenticationFailure), StoreFailureKind.Authentication },
        { Connection(ConnectionFailureType.Loading), StoreFailureKind.Loading },
        { Connection(
            ConnectionFailureType.ProtocolFailure,
            Server("ERR max number of clients reached")), StoreFailureKind.TooManyClients },
        { Connection(
            ConnectionFailureType.UnableToResolvePhysicalConnection,
            Connection(ConnectionFailureType.AuthenticationFailure)), StoreFailureKind.Authentication },
        { new RedisTimeoutException(CommandFlags.None, "slow", CommandStatus.Sent), StoreFailureKind.Timeout },
        { new TimeoutException("ours"), StoreFailureKind.Timeout },
        { new AggregateException(new InvalidOperationException("first"), new TimeoutException("second")),
            StoreFailureKind.Timeout },
        { new InvalidOperationException("outer", Server("LOADING Redis is loading")),
            StoreFailureKind.Loading },
        { new InvalidOperationException("outer", new ArgumentException("inner")), StoreFailureKind.Other },
        { new RedisCommandException("not allowed"), StoreFailureKind.Other },
        { new ObjectDisposedException("multiplexer"), StoreFailureKind.Other },
    };

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void Classify_OfException_LooksInsideToo(Exception exception, StoreFailureKind kind) =>
        Assert.Equal(kind, RedisFailures.Classify(exception).Kind);

    private static RedisServerException Server(string reply) => new(RedisErrorKind.Unknown, CommandFlags.None, reply);

    private static RedisConnectionException Connection(ConnectionFailureType type, Exception? inner = null) =>
        new(type, CommandFlags.None, "No connection (requested write).", inner, CommandStatus.Unknown);
}
