using BenchmarkDotNet.Running;
using CacheOrleans.Bench.Alerts;
using CacheOrleans.Bench.Breaker;
using CacheOrleans.Bench.Client;
using CacheOrleans.Bench.Decorator;

if (args is ["trip", ..])
{
    await TripLatency.RunAsync(args.Length > 1 ? int.Parse(args[1], null) : 200);
}
else if (args is ["lookups", ..])
{
    await LookupLatency.RunAsync(args.Length > 1 ? int.Parse(args[1], null) : 100);
}
else if (args is ["hits", ..])
{
    await HitLatency.RunAsync(args.Length > 1 ? int.Parse(args[1], null) : 25);
}
else if (args is ["decorated", ..])
{
    await DecoratedHits.RunAsync(args.Length > 1 ? int.Parse(args[1], null) : 25);
}
else if (args is ["owner", ..])
{
    await OwnerReads.RunAsync(args.Length > 1 ? int.Parse(args[1], null) : 25);
}
else if (args is ["owner-client", var membership, var rounds])
{
    await OwnerReads.RunClientAsync(membership, int.Parse(rounds, null));
}
else if (args is ["stampede", ..])
{
    await Stampede.RunAsync(args.Length > 1 ? int.Parse(args[1], null) : 20);
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}
