namespace CacheOrleans.Silo.Security;

/// <summary>Marks an endpoint whose reads need the key too, where one is set.</summary>
internal sealed class ApiKeyRequired;
