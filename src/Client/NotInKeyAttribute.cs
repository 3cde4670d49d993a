namespace CacheOrleans.Client;

/// <summary>Says that a parameter makes no difference to what is cached, such as a logger: calls that differ in it
/// alone share an entry.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class NotInKeyAttribute : Attribute;
