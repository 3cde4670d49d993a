namespace CacheOrleans.Bench.Stage;

/// <summary>The response of the bare grain.</summary>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.Bench.BareAnswer")]
internal sealed record BareAnswer([property: Id(0)] byte[] Value);
