using CacheOrleans.Silo.Startup;

var exitCode = args switch
{
    ["seed-catalog", .. var rest] => await SeedCatalogCommand.RunAsync(rest),
    _ => await SiloProgram.RunAsync(args),
};
return (int)exitCode;
