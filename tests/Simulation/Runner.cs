using System.Diagnostics;
using System.Globalization;
using CacheOrleans.Simulation.Cluster;
using CacheOrleans.Simulation.Histories;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Simulation;

/// <summary>Runs histories by their seeds.</summary>
internal static class Runner
{
    public static int Main(string[] args)
    {
        var services = Services.Build();
        var factories = new GrainFactories(services);
        if (args is ["replay", var one])
        {
            var plan = Plan.Of(int.Parse(one, CultureInfo.InvariantCulture));
            foreach (var step in plan.Steps)
            {
                Console.WriteLine(step);
            }

            Console.WriteLine($"{plan.Silos} silos, clients {string.Join(", ", plan.Clients)}, faults {plan.Faults}");
            return RunOne(plan, Console.WriteLine) ? 0 : 1;
        }

        var first = int.Parse(args[1], CultureInfo.InvariantCulture);
        var count = int.Parse(args[2], CultureInfo.InvariantCulture);
        var failed = 0;
        var watch = Stopwatch.StartNew();
        long events = 0, calls = 0, loads = 0;
        ulong digest = 0;
        for (var seed = first; seed < first + count; seed++)
        {
            var plan = Plan.Of(seed);
            try
            {
                var result = new History(plan, services, factories, null).Run();
                digest = (digest * 31) + result.Digest;
                if (Environment.GetEnvironmentVariable("SEEDS") is not null) Console.WriteLine($"{seed} {result}");
                events += result.Events;
                calls += result.Calls;
                loads += result.Loads;
            }
            catch (Exception exception)
            {
                failed++;
                Console.WriteLine($"seed {seed} ({plan.Faults}): {(exception is ViolationException ? exception.Message : exception.ToString())}");
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{count} histories, {failed} failed, {calls} calls, {loads} loads, {events} events, digest {digest:x16}, {count / watch.Elapsed.TotalSeconds:0} a second"));
        return failed == 0 ? 0 : 1;

        bool RunOne(Plan plan, Action<string>? log)
        {
            try
            {
                Console.WriteLine(new History(plan, services, factories, log).Run());
                return true;
            }
            catch (Exception exception)
            {
                Console.WriteLine(exception is ViolationException ? exception.Message : exception.ToString());
                return false;
            }
        }
    }
}
