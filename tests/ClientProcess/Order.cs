namespace CacheOrleans.ClientProcess;

/// <summary>What a test asks the process to do, a line of JSON on its standard input.</summary>
/// <param name="Key">The key to read.</param>
/// <param name="Callers">How many callers read it at once.</param>
/// <param name="Delay">How long their fallback takes, in milliseconds.</param>
/// <param name="Value">What it finds.</param>
/// <param name="Error">What it throws instead; null: nothing.</param>
/// <param name="Action">What is done: <c>get</c>, <c>read</c> (past the copies), <c>find</c> (without a fallback),
/// <c>set</c>, <c>remove</c> or <c>removeByTag</c>.</param>
/// <param name="Keys">The keys in place of the one, all at once; null: that one.</param>
internal sealed record Order(
    int Key,
    int Callers = 1,
    int Delay = 0,
    string Value = "",
    string? Error = null,
    string Action = "get",
    IReadOnlyList<int>? Keys = null);
