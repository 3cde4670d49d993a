using System.Diagnostics;

namespace CacheOrleans.Bench.Harness;

/// <summary>Measures several contenders by turns, so that whatever else the machine does happens to all of
/// them.</summary>
internal static class Duel
{
    private static readonly TimeSpan RoundLength = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(300);

    /// <summary>Returns the medians, in the order of the contenders.</summary>
    public static async Task<IReadOnlyList<Measurement>> RunAsync(int rounds, params Contender[] contenders)
    {
        var operations = new int[contenders.Length];
        for (var warmUp = 0; warmUp < 3; warmUp++)
        {
            for (var i = 0; i < contenders.Length; i++)
            {
                operations[i] = await CalibrateAsync(contenders[i]);
                await Task.Delay(Rest, TimeProvider.System); // the compiler optimizes once nothing new is being called
            }
        }

        var times = contenders.Select(_ => new List<double>()).ToArray();
        var bytes = new double[contenders.Length];
        for (var round = 0; round < rounds; round++)
        {
            for (var turn = 0; turn < contenders.Length; turn++)
            {
                var i = (round + turn) % contenders.Length;
                var (time, allocated) = await MeasureAsync(contenders[i], operations[i]);
                times[i].Add(time);
                bytes[i] += allocated / rounds;
            }
        }

        return [.. contenders.Select((contender, i) => new Measurement(contender.Name, Median(times[i]), bytes[i]))];
    }

    /// <summary>Warms up, and finds how many operations fill a round.</summary>
    private static async Task<int> CalibrateAsync(Contender contender)
    {
        var operations = 16;
        for (var warmUp = Stopwatch.StartNew(); warmUp.ElapsedMilliseconds < 1000;)
        {
            var start = Stopwatch.GetTimestamp();
            await contender.RunAsync(operations);
            if (Stopwatch.GetElapsedTime(start) < RoundLength)
            {
                operations *= 2;
            }
        }

        return operations;
    }

    private static async Task<(double Nanoseconds, double Bytes)> MeasureAsync(Contender contender, int operations)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        await contender.RunAsync(operations);
        var time = Stopwatch.GetElapsedTime(start);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        return (time.TotalNanoseconds / operations, (double)allocated / operations);
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
