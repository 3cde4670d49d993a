using CacheOrleans.Bench.Harness;

namespace CacheOrleans.Bench.Stage;

/// <summary>Runs an experiment in a process of its own, so that its heap has no data of other experiments.</summary>
internal sealed class Isolated(IExperiment inner) : IExperiment
{
    public const string Role = "experiment";

    public string Group => inner.Group;

    public async Task<IReadOnlyList<Row>> RunAsync(Lab lab)
    {
        await using var process = await ClientProcess.StartAsync(Role, new IsolatedOrder(Group, lab.Settings));
        return await process.RunAsync<Row[]>();
    }

    /// <summary>Runs the experiment; called in the process of its own.</summary>
    public static async Task<object> RunAsync(IsolatedOrder order)
    {
        var experiment = Experiments.All.OfType<Isolated>().Single(isolated => isolated.Group == order.Group);
        await ClientProcess.UntilToldAsync();
        await using var lab = new Lab(order.Settings);
        return await experiment.Inner.RunAsync(lab);
    }

    private IExperiment Inner => inner;
}
