using System.Globalization;
using CacheOrleans.Simulation;
using CacheOrleans.Simulation.Cluster;

HashSeeds.Set();
var sabotage = Enum.TryParse<Sabotage>(Environment.GetEnvironmentVariable("CACHEORLEANS_SABOTAGE"), out var named)
    ? named
    : Sabotage.None;
var checksReads = Environment.GetEnvironmentVariable("CACHEORLEANS_CHECKS") == "1";
return args switch
{
    ["replay", var seed] => Runner().Replay((int)Number(seed)) ? 0 : 1,
    ["run", var first, var count] => new Workers(Number(first), Number(count), Timeout.InfiniteTimeSpan).Run() ? 0 : 1,
    ["run", var first, var count, var seconds] => new Workers(Number(first), Number(count), Seconds(seconds)).Run()
        ? 0
        : 1,
    ["work", var first, var step, var count, var seconds] => Runner().RunAll(
        Enumerable.Range(0, (int)Number(count)).Select(i => (int)(Number(first) + (i * Number(step)))),
        Seconds(seconds)) ? 0 : 1,
    _ => Explain(),
};

Runner Runner() => new(Console.Out, sabotage, checksReads);

static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture));

static int Explain()
{
    Console.Error.WriteLine("run FIRST COUNT [SECONDS] | replay SEED");
    return 2;
}
