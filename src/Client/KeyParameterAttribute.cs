namespace CacheOrleans.Client;

/// <summary>Says which name of the key a parameter fills, where it is not its own.</summary>
/// <param name="name">The name in the key, as it stands there.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class KeyParameterAttribute(string name) : Attribute
{
    /// <summary>The name in the key.</summary>
    public string Name { get; } = name;
}
