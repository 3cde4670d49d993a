using CacheOrleans.Alerts;
using CacheOrleans.Silo.Security;

namespace CacheOrleans.Fuzz.Targets;

/// <summary>The passwords that alerts never show, because they are in the configuration.</summary>
internal static class ConfiguredPasswords
{
    /// <summary>Checks that the password that a driver reads from a connection string is among them.</summary>
    /// <exception cref="BrokenPromiseException">It is not.</exception>
    public static void Include(string connectionString, params string?[] passwords)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("ConnectionStrings:Main", (string?)connectionString)])
            .Build();
        var known = ConfiguredSecrets.Read(configuration).ToList();
        foreach (var password in passwords.OfType<string>().Where(one => one.Trim().Length >= AlertSecret.MinLength))
        {
            Promise.That(known.Contains(password), $"Alerts know the password '{password}' of '{connectionString}'.");
        }
    }
}
