using CacheOrleans.Silo.Certificates;
using CacheOrleans.Silo.Startup;

return (int)await LastResort.RunAsync(
    () => args switch
    {
        ["seed-catalog", .. var rest] => SeedCatalogCommand.RunAsync(rest),
        ["make-certificates", .. var rest] => MakeCertificatesCommand.RunAsync(rest),
        _ => SiloProgram.RunAsync(args),
    },
    Console.Error);
