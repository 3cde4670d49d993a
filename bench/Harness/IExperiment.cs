using CacheOrleans.Bench.Stage;

namespace CacheOrleans.Bench.Harness;

/// <summary>Measures rows that share what they need.</summary>
internal interface IExperiment
{
    /// <summary>What the ids of its rows begin with.</summary>
    string Group { get; }

    Task<IReadOnlyList<Row>> RunAsync(Lab lab);
}
