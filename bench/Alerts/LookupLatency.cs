namespace CacheOrleans.Bench.Alerts;

/// <summary>How long lookups take that raise alerts, with a channel that hangs and without any channel, by turns.
/// </summary>
internal static class LookupLatency
{
    private const int Block = 400;
    private const int AtOnce = 8;

    public static async Task RunAsync(int blocks)
    {
        await using var without = await AlertSilo.StartAsync(hangs: false);
        await using var hanging = await AlertSilo.StartAsync(hangs: true);
        for (var warmUp = 0; warmUp < 10; warmUp++)
        {
            await without.ReadAsync(Block, AtOnce);
            await hanging.ReadAsync(Block, AtOnce);
        }

        without.Milliseconds.Clear();
        hanging.Milliseconds.Clear();
        for (var block = 0; block < blocks; block++)
        {
            var (first, second) = block % 2 == 0 ? (without, hanging) : (hanging, without);
            await first.ReadAsync(Block, AtOnce);
            await second.ReadAsync(Block, AtOnce);
        }

        var waiting = await hanging.WaitingAsync();
        if (waiting == 0)
        {
            throw new InvalidOperationException("Nothing hangs, so nothing was measured.");
        }

        Console.WriteLine(
            $"{blocks * Block} lookups each, {AtOnce} at a time, every one with a failed read; "
            + $"of the last 100 messages {waiting} hang");
        Print("no channel", without.Milliseconds);
        Print("a channel that hangs", hanging.Milliseconds);
        Console.WriteLine(
            $"ratio at p50 {At(hanging.Milliseconds, 0.5) / At(without.Milliseconds, 0.5):F2}, "
            + $"at p99 {At(hanging.Milliseconds, 0.99) / At(without.Milliseconds, 0.99):F2}");
    }

    private static void Print(string name, List<double> times)
    {
        times.Sort();
        Console.WriteLine(
            $"{name,-22} p50 {At(times, 0.5):F3} ms, p90 {At(times, 0.9):F3} ms, p99 {At(times, 0.99):F3} ms, "
            + $"longest {times[^1]:F1} ms");
    }

    private static double At(List<double> sorted, double part) => sorted[(int)Math.Ceiling(part * sorted.Count) - 1];
}
