using BenchmarkDotNet.Running;
using CacheOrleans.Bench.Alerts;
using CacheOrleans.Bench.Breaker;

if (args is ["trip", ..])
{
    await TripLatency.RunAsync(args.Length > 1 ? int.Parse(args[1], null) : 200);
}
else if (args is ["lookups", ..])
{
    await LookupLatency.RunAsync(args.Length > 1 ? int.Parse(args[1], null) : 100);
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}
