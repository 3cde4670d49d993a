namespace CacheOrleans.Client.Reads;

/// <summary>The id that an entry's owner assigned to a load.</summary>
internal sealed record LoadId(Guid Value);
