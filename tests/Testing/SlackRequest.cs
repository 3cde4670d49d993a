using System.Text.Json;

namespace CacheOrleans.Testing;

/// <summary>A request that <see cref="SlackServer"/> received.</summary>
/// <param name="At">The time of arrival, on a monotonic clock of the server.</param>
/// <param name="Method">The method.</param>
/// <param name="Path">The path.</param>
/// <param name="Headers">The headers.</param>
/// <param name="Body">The body.</param>
public sealed record SlackRequest(
    TimeSpan At, string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The message's header, which says what happened.</summary>
    public string Title => Blocks.First(block => block.GetProperty("type").GetString() == "header")
        .GetProperty("text").GetProperty("text").GetString()!;

    /// <summary>The message's id, which two deliveries of one message share.</summary>
    public Guid Message => Guid.Parse(Blocks.Last(block => block.GetProperty("type").GetString() == "context")
        .GetProperty("elements")[0].GetProperty("text").GetString()!.Split(' ')[^1]);

    private IEnumerable<JsonElement> Blocks =>
        JsonSerializer.Deserialize<JsonElement>(Body).GetProperty("blocks").EnumerateArray();
}
