using CacheOrleans.Bench.Stage;

namespace CacheOrleans.Bench.Harness;

/// <summary>Measures rows that share the same setup.</summary>
internal interface IExperiment
{
    /// <summary>The group with which the ids of the rows begin.</summary>
    string Group { get; }

    Task<IReadOnlyList<Row>> RunAsync(Lab lab);
}
