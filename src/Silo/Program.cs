using CacheOrleans.Silo.Startup;

return (int)await LastResort.RunAsync(
    () => HostCommands.RunAsync(args, Console.Out, Console.Error), Console.Error);
