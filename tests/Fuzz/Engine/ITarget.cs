namespace CacheOrleans.Fuzz.Engine;

/// <summary>A part of the program that reads foreign bytes, and what must hold for every input.</summary>
internal interface ITarget : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Its part of all inputs, in thousandths. A cheap target gets more.</summary>
    int Share { get; }

    /// <summary>How many inputs run at once.</summary>
    int Concurrency => Environment.ProcessorCount;

    /// <summary>What its inputs consist of, for mutations.</summary>
    IReadOnlyList<string> Words { get; }

    /// <summary>Makes an input that has the structure of valid ones.</summary>
    byte[] Generate(Random random);

    /// <summary>Runs one input. Every exception is a failure.</summary>
    /// <returns>What the program made of the input, in few different texts: an input with a text that was not seen
    /// before is mutated further.</returns>
    ValueTask<string> RunAsync(byte[] input);

    ValueTask IAsyncDisposable.DisposeAsync() => ValueTask.CompletedTask;
}
