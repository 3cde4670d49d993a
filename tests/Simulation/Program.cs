using System.Globalization;
using CacheOrleans.Simulation;

HashSeeds.Set();
return args switch
{
    ["replay", var seed] => new Runner(Console.Out).Replay(int.Parse(seed, CultureInfo.InvariantCulture)) ? 0 : 1,
    ["run", var first, var count, .. var limit] => new Workers(
        Number(first), Number(count), limit is [var seconds] ? Seconds(seconds) : TimeSpan.MaxValue).Run() ? 0 : 1,
    ["work", var first, var step, var count, var seconds] => Work(first, step, count, seconds) ? 0 : 1,
    _ => Explain(),
};

static bool Work(string first, string step, string count, string seconds) => new Runner(Console.Out).RunAll(
    Enumerable.Range(0, (int)Number(count)).Select(i => (int)(Number(first) + (i * Number(step)))),
    Seconds(seconds));

static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

static TimeSpan Seconds(string text) =>
    double.Parse(text, CultureInfo.InvariantCulture) is var seconds && seconds < TimeSpan.MaxValue.TotalSeconds
        ? TimeSpan.FromSeconds(seconds)
        : TimeSpan.MaxValue;

static int Explain()
{
    Console.Error.WriteLine("run FIRST COUNT [SECONDS] | replay SEED");
    return 2;
}
