using System.Diagnostics;

namespace CacheOrleans.Bench.Harness;

/// <summary>Measures several contenders in turns, so that other work of the machine affects all of them.</summary>
internal static class Duel
{
    /// <summary>Returns the medians, in the order of the contenders.</summary>
    public static async Task<IReadOnlyList<Measurement>> RunAsync(Pace pace, IReadOnlyList<Contender> contenders)
    {
        var operations = new int[contenders.Count];
        Array.Fill(operations, 16);
        for (var warmUp = 0; warmUp < pace.WarmUps; warmUp++)
        {
            for (var i = 0; i < contenders.Count; i++)
            {
                operations[i] = await WarmUpAsync(pace, contenders[i], operations[i]);
                await Task.Delay(pace.Rest, TimeProvider.System);
            }
        }

        var times = contenders.Select(_ => new List<double>()).ToArray();
        var bytes = contenders.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < pace.Rounds; round++)
        {
            for (var turn = 0; turn < contenders.Count; turn++)
            {
                var i = (round + turn) % contenders.Count;
                var (time, allocated) = await MeasureAsync(contenders[i], operations[i]);
                times[i].Add(time);
                bytes[i].Add(allocated);
            }
        }

        return
        [
            .. contenders.Select((contender, i) =>
                new Measurement(contender.Name, Quantile.Median(times[i]), Quantile.Median(bytes[i]))),
        ];
    }

    /// <summary>Warms up a contender, and returns how many operations fill a round.</summary>
    private static async Task<int> WarmUpAsync(Pace pace, Contender contender, int operations)
    {
        for (var warmUp = Stopwatch.StartNew(); warmUp.Elapsed < pace.WarmUpLength;)
        {
            var (nanoseconds, _) = await MeasureAsync(contender, operations);
            var isShort = nanoseconds * operations < pace.RoundLength.TotalNanoseconds;
            operations = isShort ? operations * 2 : operations;
        }

        return operations;
    }

    private static async Task<(double Nanoseconds, double Bytes)> MeasureAsync(Contender contender, int operations)
    {
        if (contender.PrepareAsync is { } prepareAsync)
        {
            await prepareAsync(operations);
        }

        var before = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        await contender.RunAsync(operations);
        var time = Stopwatch.GetElapsedTime(start);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        if (contender.SettleAsync is { } settleAsync)
        {
            await settleAsync();
        }

        return (time.TotalNanoseconds / operations, (double)allocated / operations);
    }
}
