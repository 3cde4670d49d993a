namespace CacheOrleans.Silo.Startup;

/// <summary>Creates the catalog in the PostgreSQL of <c>ConnectionStrings:Catalog</c>, and ends.</summary>
internal static class SeedCatalogCommand
{
    public static Task<ExitCode> RunAsync(string[] args) => throw new NotImplementedException(string.Join(' ', args));
}
