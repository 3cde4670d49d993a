namespace CacheOrleans.Client;

/// <summary>Excludes a parameter, such as a logger, from the key: calls that differ only in it share an
/// entry.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class NotInKeyAttribute : Attribute;
