namespace CacheOrleans.Fuzz.Engine;

/// <summary>The run of one input.</summary>
/// <param name="Outcome">What the program made of it, or the kind of the failure.</param>
/// <param name="Failure">The failure; null if every promise held.</param>
internal readonly record struct Run(string Outcome, Exception? Failure)
{
    /// <summary>No input is longer than 8 KiB, so nothing has a reason to allocate more.</summary>
    private const long MaxAllocation = 64 * 1024 * 1024;

    /// <summary>Runs an input.</summary>
    public static async Task<Run> OfAsync(ITarget target, byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            var running = target.RunAsync(input);
            if (!running.IsCompleted)
            {
                return new(await running, null);
            }

            var outcome = running.GetAwaiter().GetResult();
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Promise.That(allocated < MaxAllocation, $"An input allocates little: {allocated} bytes");
            return new(outcome, null);
        }
        catch (Exception exception) // whatever it is, it is a failure
        {
            return new($"{exception.GetType().Name} {Engine.Outcome.Of(exception.Message)}", exception);
        }
    }
}
