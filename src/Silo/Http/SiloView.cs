namespace CacheOrleans.Silo.Http;

/// <summary>One silo of the cluster, as <c>GET /api/silos</c> shows it.</summary>
internal sealed record SiloView(string Name, string Address, string Status, bool IsThis);
