using CacheOrleans.Catalog;
using Microsoft.Data.Sqlite;

namespace CacheOrleans.Silo.Startup;

/// <summary>Adds the caches of <c>samples/Catalog</c> to a host that has no caches of its own yet.</summary>
internal static class SampleCatalog
{
    /// <summary>The setting that turns the sample on or off.</summary>
    public const string Setting = "Sample";

    private const string Database = "ConnectionStrings:Catalog";

    /// <summary>Adds the sample's caches, overridden by all other settings, if the host has the sample.</summary>
    /// <returns>Whether the host has the sample.</returns>
    /// <exception cref="FormatException">The setting is neither true nor false; the message names it.</exception>
    public static bool AddCaches(ConfigurationManager configuration, IHostEnvironment environment)
    {
        if (!(IsAskedFor(configuration[Setting]) ?? IsNew(configuration, environment)))
        {
            return false;
        }

        using var json = CatalogSettings.Open();
        var caches = new ConfigurationBuilder().AddJsonStream(json).Build();
        configuration.Sources.Insert(0, new ChainedConfigurationSource { Configuration = caches });
        return true;
    }

    /// <summary>Builds the sample's database as a SQLite file, unless the settings name another database.</summary>
    /// <exception cref="StartFailureException">The file cannot be written.</exception>
    public static async Task AddDatabaseAsync(IConfiguration configuration, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrWhiteSpace(configuration[Database]))
        {
            return;
        }

        var folder = CatalogBuilder.DefaultFolder;
        try
        {
            configuration[Database] = await CatalogBuilder.BuildAsync(folder, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new StartFailureException(
                ExitCode.Configuration,
                $"The sample's database cannot be built in '{folder}': {exception.Message} Set HOME or XDG_DATA_HOME "
                + $"to a folder that can be written to, {Database} to a database that seed-catalog has filled, or "
                + $"{Setting}=false to start without the sample.",
                exception);
        }
    }

    private static bool? IsAskedFor(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null
        : bool.TryParse(text, out var isAskedFor) ? isAskedFor
        : throw new FormatException($"{Setting} must be true or false; got '{text}'.");

    /// <summary>Whether the environment is Development, and no cache and no connection string is configured.</summary>
    private static bool IsNew(ConfigurationManager configuration, IHostEnvironment environment) =>
        environment.IsDevelopment()
        && !configuration.GetSection("Caches").GetChildren().Any()
        && configuration.GetSection("ConnectionStrings").GetChildren()
            .All(database => string.IsNullOrWhiteSpace(database.Value));
}
