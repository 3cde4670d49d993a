namespace CacheOrleans.Client.Tests.Reads;

/// <summary>Calls itself through its decorator.</summary>
public sealed class Turns : ITurns
{
    public ITurns Inner => this;

    public ITurns Decorated { get; set; } = null!;

    public ValueTask<string> TakeAsync(int id) => Decorated.TakeAsync(id);
}
