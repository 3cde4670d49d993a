using System.Data.Common;
using System.Net.Sockets;
using CacheOrleans.Catalog;

namespace CacheOrleans.Silo.Startup;

/// <summary>Creates the catalog in the PostgreSQL database of <c>ConnectionStrings:Catalog</c>, and exits.</summary>
internal static class SeedCatalogCommand
{
    public static async Task<ExitCode> RunAsync(string[] args)
    {
        try
        {
            var configuration = WebApplication.CreateBuilder(AppOptions.Read(args)).Configuration;
            if (configuration.GetConnectionString("Catalog") is not { Length: > 0 } catalog)
            {
                return await FailAsync(
                    "seed-catalog needs a PostgreSQL database: set ConnectionStrings:Catalog (environment: "
                    + "ConnectionStrings__Catalog).");
            }

            return await SeedAsync(catalog);
        }
        catch (Exception exception) when (StartFailure.Describe(exception) is { } failure)
        {
            return await FailAsync($"The catalog cannot be created. {failure.Message}");
        }
    }

    private static async Task<ExitCode> SeedAsync(string catalog)
    {
        try
        {
            var written = await CatalogSeeder.SeedAsync(catalog, CancellationToken.None);
            Console.WriteLine(written ? "The catalog was created." : "The catalog already exists.");
            return ExitCode.Success;
        }
        catch (Exception exception) when (exception is DbException or ArgumentException or SocketException)
        {
            return await FailAsync(
                $"The catalog cannot be created (ConnectionStrings:Catalog): {exception.Message}");
        }
    }

    private static async Task<ExitCode> FailAsync(string why)
    {
        await Console.Error.WriteLineAsync(why.ReplaceLineEndings(" "));
        return ExitCode.Configuration;
    }
}
