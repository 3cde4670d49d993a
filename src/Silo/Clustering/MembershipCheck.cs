using CacheOrleans.Redis;
using CacheOrleans.Silo.Configuration;
using CacheOrleans.Silo.Embedded;
using CacheOrleans.Silo.Startup;

namespace CacheOrleans.Silo.Clustering;

/// <summary>Checks before the silo starts that a server of the membership responds, because Orleans would take minutes
/// to give up.</summary>
internal static class MembershipCheck
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LoginLimit = TimeSpan.FromSeconds(2);

    /// <exception cref="StartFailureException">No server responds, or the credentials are rejected.</exception>
    public static async Task RunAsync(string membership, CancellationToken cancellationToken)
    {
        var endpoints = RedisEndpoints.Read(membership);
        if (endpoints.IsEmpty)
        {
            throw new StartFailureException(
                ExitCode.Configuration,
                "ConnectionStrings:Membership names no server; set it to one such as 'redis-host:6379'.");
        }

        var speak = !RedisEndpoints.IsTls(membership);
        var errors = await Task.WhenAll(endpoints.Select(
            endpoint => RedisPing.AskAsync(endpoint.Host, endpoint.Port, speak, Limit, cancellationToken)));
        if (Array.TrueForAll(errors, error => error is not null))
        {
            var tried = endpoints.Zip(errors, (endpoint, error) => $"{endpoint.Host}:{endpoint.Port}: {error}");
            throw new StartFailureException(
                ExitCode.MembershipUnreachable,
                "The cluster's membership cannot be reached (ConnectionStrings:Membership): "
                + string.Join("; ", tried).ReplaceLineEndings(" "));
        }

        await LogInAsync(membership, cancellationToken);
    }

    private static async Task LogInAsync(string membership, CancellationToken cancellationToken)
    {
        if (await RedisLogin.TryAsync(membership, LoginLimit, cancellationToken) is { } refusal)
        {
            throw new StartFailureException(
                ExitCode.MembershipUnreachable,
                $"The cluster's membership refuses the connection (ConnectionStrings:Membership): {refusal}");
        }
    }
}
