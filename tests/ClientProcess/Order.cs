namespace CacheOrleans.ClientProcess;

/// <summary>A request from a test to the process: a line of JSON on its standard input.</summary>
/// <param name="Key">The key to read.</param>
/// <param name="Callers">The number of callers that read it at once.</param>
/// <param name="Delay">How long their fallback takes, in milliseconds.</param>
/// <param name="Value">The value that the fallback returns.</param>
/// <param name="Error">The message of the exception that the fallback throws instead; null: it does not throw.</param>
/// <param name="Action">The action: <c>get</c>, <c>read</c> (without copies), <c>find</c> (without a fallback),
/// <c>set</c>, <c>remove</c> or <c>removeByTag</c>.</param>
/// <param name="Keys">The keys to use at once instead of <c>Key</c>; null: only that key.</param>
internal sealed record Order(
    int Key,
    int Callers = 1,
    int Delay = 0,
    string Value = "",
    string? Error = null,
    string Action = "get",
    IReadOnlyList<int>? Keys = null);
