namespace CacheOrleans.Bench.Stage;

/// <summary>What the bare grain answers with.</summary>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.Bench.BareAnswer")]
internal sealed record BareAnswer([property: Id(0)] byte[] Value);
