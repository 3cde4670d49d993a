using CacheOrleans.Redis;
using CacheOrleans.Silo.Configuration;

namespace CacheOrleans.Silo.Startup;

/// <summary>Reads the connection strings before anything uses them, to name the setting that is wrong.</summary>
internal static class ConnectionStringCheck
{
    /// <exception cref="StartFailureException">One is malformed.</exception>
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
