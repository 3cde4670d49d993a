namespace CacheOrleans.FirstSteps;

/// <summary>Simulates a slow database.</summary>
internal sealed class Users(TimeProvider time)
{
    private static readonly Dictionary<string, string> Names = new() { ["42"] = "이서연", ["43"] = "Ada" };

    public async Task<string?> FindNameAsync(string id, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken);
        return Names.GetValueOrDefault(id);
    }
}
