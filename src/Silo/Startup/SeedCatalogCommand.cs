using System.Data.Common;
using System.Net.Sockets;
using CacheOrleans.Silo.Catalog;

namespace CacheOrleans.Silo.Startup;

/// <summary>Creates the catalog in the PostgreSQL of <c>ConnectionStrings:Catalog</c>, and ends.</summary>
internal static class SeedCatalogCommand
{
    public static async Task<ExitCode> RunAsync(string[] args)
    {
        var configuration = WebApplication.CreateBuilder(args).Configuration;
        if (configuration.GetConnectionString("Catalog") is not { Length: > 0 } catalog)
        {
            await Console.Error.WriteLineAsync(
                "seed-catalog needs the PostgreSQL of ConnectionStrings:Catalog (environment: "
                + "ConnectionStrings__Catalog).");
            return ExitCode.Configuration;
        }

        try
        {
            var written = await CatalogSeeder.SeedAsync(catalog, CancellationToken.None);
            Console.WriteLine(written ? "The catalog is created." : "The catalog is there already.");
            return ExitCode.Success;
        }
        catch (Exception exception) when (exception is DbException or ArgumentException or SocketException)
        {
            var why = exception.Message.ReplaceLineEndings(" ");
            await Console.Error.WriteLineAsync($"The catalog cannot be created (ConnectionStrings:Catalog): {why}");
            return ExitCode.Configuration;
        }
    }
}
