using System.Security.Authentication;
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
    [InlineData("READONLY You can't write against a read only replica.", StoreFailureKind.Connection)]
    [InlineData("ERR Error running script (call to f_1): @user_script:1: READONLY You can't write",
        StoreFailureKind.Connection)]
    [InlineData("MISCONF Redis is configured to save RDB snapshots", StoreFailureKind.Refusing)]
    [InlineData("NOPERM this user has no permissions", StoreFailureKind.Authentication)]
    [InlineData("BUSY Redis is busy running a script.", StoreFailureKind.Refusing)]
    [InlineData("NOREPLICAS Not enough good replicas to write.", StoreFailureKind.Refusing)]
    [InlineData("NOSCRIPT No matching script. Please use EVAL.", StoreFailureKind.Other)]
    [InlineData("MOVED 3999 127.0.0.1:6381", StoreFailureKind.Other)]
    [InlineData("ASK 3999 127.0.0.1:6381", StoreFailureKind.Other)]
    [InlineData("TRYAGAIN Multiple keys request during rehashing of slot", StoreFailureKind.Refusing)]
    [InlineData("CROSSSLOT Keys in request don't hash to the same slot", StoreFailureKind.Other)]
    [InlineData("ERR unknown command 'FOO'", StoreFailureKind.Other)]
    [InlineData("ERR value is not an integer or out of range", StoreFailureKind.Other)]
    public void Classify_ServerReply_FollowsTheReply(string reply, StoreFailureKind kind)
    {
        var failure = RedisFailures.Classify(Server(reply));
        Assert.Equal(kind, failure.Kind);
        Assert.Equal(kind is not (StoreFailureKind.Other or StoreFailureKind.Refusing), failure.CountsAgainstHealth);
        Assert.Equal(kind != StoreFailureKind.Other, failure.IsTransient);
    }

    /// <summary>The driver classifies the same replies with its own kinds.</summary>
    [Theory]
    [InlineData(RedisErrorKind.OutOfMemory, StoreFailureKind.OutOfMemory)]
    [InlineData(RedisErrorKind.ClusterDown, StoreFailureKind.ClusterDown)]
    [InlineData(RedisErrorKind.MasterDown, StoreFailureKind.ClusterDown)]
    [InlineData(RedisErrorKind.Loading, StoreFailureKind.Loading)]
    [InlineData(RedisErrorKind.NoAuth, StoreFailureKind.Authentication)]
    [InlineData(RedisErrorKind.WrongPass, StoreFailureKind.Authentication)]
    [InlineData(RedisErrorKind.MaxClients, StoreFailureKind.TooManyClients)]
    [InlineData(RedisErrorKind.ConnectionFault, StoreFailureKind.Connection)]
    [InlineData(RedisErrorKind.ReadOnly, StoreFailureKind.Connection)]
    [InlineData(RedisErrorKind.Timeout, StoreFailureKind.Timeout)]
    [InlineData(RedisErrorKind.WrongType, StoreFailureKind.Other)]
    [InlineData(RedisErrorKind.NoScript, StoreFailureKind.Other)]
    [InlineData(RedisErrorKind.Moved, StoreFailureKind.Other)]
    [InlineData(RedisErrorKind.Ask, StoreFailureKind.Other)]
    [InlineData(RedisErrorKind.UnknownCommand, StoreFailureKind.Other)]
    [InlineData(RedisErrorKind.NoPermission, StoreFailureKind.Authentication)]
    [InlineData(RedisErrorKind.Busy, StoreFailureKind.Refusing)]
    [InlineData(RedisErrorKind.Misconfigured, StoreFailureKind.Refusing)]
    [InlineData(RedisErrorKind.NoReplicas, StoreFailureKind.Refusing)]
    [InlineData(RedisErrorKind.TryAgain, StoreFailureKind.Refusing)]
    public void Classify_ServerReply_FollowsTheDriversKind(RedisErrorKind driverKind, StoreFailureKind kind) =>
        Assert.Equal(
            kind,
            RedisFailures.Classify(new RedisServerException(driverKind, CommandFlags.None, "something")).Kind);

    public static TheoryData<Exception, StoreFailureKind> Exceptions => new()
    {
        { Connection(ConnectionFailureType.UnableToConnect), StoreFailureKind.Connection },
        { Connection(ConnectionFailureType.SocketClosed), StoreFailureKind.Connection },
        { Connection(ConnectionFailureType.AuthenticationFailure), StoreFailureKind.Authentication },
        { Connection(
            ConnectionFailureType.AuthenticationFailure,
            new AuthenticationException("The remote certificate was rejected.")), StoreFailureKind.Connection },
        { Connection(ConnectionFailureType.Loading), StoreFailureKind.Loading },
        { Connection(
            ConnectionFailureType.ProtocolFailure,
            Server("ERR max number of clients reached")), StoreFailureKind.TooManyClients },
        { Connection(
            ConnectionFailureType.UnableToResolvePhysicalConnection,
            Connection(ConnectionFailureType.AuthenticationFailure)), StoreFailureKind.Authentication },
        { Connection(
            ConnectionFailureType.ProtocolFailure,
            new RedisServerException(
                RedisErrorKind.ConnectionFault, CommandFlags.None, "-ERR max number of clients reached")),
            StoreFailureKind.TooManyClients },
        { new InvalidOperationException("outer", new AggregateException(
            new ArgumentException("first"), new InvalidOperationException("second", Server("OOM not allowed")))),
            StoreFailureKind.OutOfMemory },
        { new RedisTimeoutException(CommandFlags.None, "slow", CommandStatus.Sent), StoreFailureKind.Timeout },
        { new TimeoutException("ours"), StoreFailureKind.Timeout },
        { new AggregateException(new InvalidOperationException("first"), new TimeoutException("second")),
            StoreFailureKind.Timeout },
        { new InvalidOperationException("outer", Server("LOADING Redis is loading")),
            StoreFailureKind.Loading },
        { new InvalidOperationException("outer", new ArgumentException("inner")), StoreFailureKind.Other },
        { new KeyPrefixTakenException("another's"), StoreFailureKind.Foreign },
        { new RedisCommandException("not allowed"), StoreFailureKind.Other },
        { new ObjectDisposedException("multiplexer"), StoreFailureKind.Other },
    };

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void Classify_Exception_IncludesInnerExceptions(Exception exception, StoreFailureKind kind) =>
        Assert.Equal(kind, RedisFailures.Classify(exception).Kind);

    private static RedisServerException Server(string reply) => new(RedisErrorKind.Unknown, CommandFlags.None, reply);

    private static RedisConnectionException Connection(ConnectionFailureType type, Exception? inner = null) =>
        new(type, CommandFlags.None, "No connection (requested write).", inner, CommandStatus.Unknown);
}
