using CacheOrleans.Redis;
using CacheOrleans.Silo.Configuration;

namespace CacheOrleans.Silo.Startup;

/// <summary>Validates the connection strings before anything uses them, so that the error names the setting.</summary>
internal static class ConnectionStringCheck
{
    /// <exception cref="StartFailureException">A connection string is malformed.</exception>
    public static void Run(SiloSettings settings)
    {
        Check("Redis", settings.Redis);
        Check("Membership", settings.Membership);
    }

    private static void Check(string name, string? connectionString)
    {
        if (connectionString is null)
        {
            return;
        }

        try
        {
            _ = RedisLogin.Read(connectionString);
        }
        catch (ArgumentException exception)
        {
            throw new StartFailureException(
                ExitCode.Configuration, $"ConnectionStrings:{name}: {exception.Message}", exception);
        }
    }
}
