using CacheOrleans.Bench.Harness;
using CacheOrleans.Bench.Stage;

namespace CacheOrleans.Bench.Alerts;

/// <summary>Measures how long lookups that raise alerts take, alternately with a channel that hangs and without any
/// channel.</summary>
internal sealed class HangingChannelExperiment : IExperiment
{
    private const int Block = 400;
    private const int AtOnce = 8;

    public string Group => "alert";

    public async Task<IReadOnlyList<Row>> RunAsync(Lab lab)
    {
        await using var without = await AlertSilo.StartAsync(hangs: false);
        await using var hanging = await AlertSilo.StartAsync(hangs: true);
        for (var warmUp = 0; warmUp < lab.Sized(2, 10); warmUp++)
        {
            await without.ReadAsync(Block, AtOnce);
            await hanging.ReadAsync(Block, AtOnce);
        }

        without.Milliseconds.Clear();
        hanging.Milliseconds.Clear();
        for (var block = 0; block < lab.Sized(8, 60); block++)
        {
            var (first, second) = block % 2 == 0 ? (without, hanging) : (hanging, without);
            await first.ReadAsync(Block, AtOnce);
            await second.ReadAsync(Block, AtOnce);
        }

        if (await hanging.WaitingAsync() == 0)
        {
            throw new InvalidOperationException("No message hangs, so nothing was measured.");
        }

        return [RowOf("p50", 0.5), RowOf("p99", 0.99)];

        Row RowOf(string name, double part) => new(
            $"alert.{name}",
            $"lookup that raises an alert, {name}, the channel hanging",
            Unit.Milliseconds,
            Target.Reported,
            new("a channel that hangs", Quantile.Of(hanging.Milliseconds, part)),
            new("no channel", Quantile.Of(without.Milliseconds, part)));
    }
}
