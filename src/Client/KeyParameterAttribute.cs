namespace CacheOrleans.Client;

/// <summary>Names the part of the key that a parameter fills, if it differs from the parameter's own name.</summary>
/// <param name="name">The name, spelled as in the key.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class KeyParameterAttribute(string name) : Attribute
{
    /// <summary>The name in the key.</summary>
    public string Name { get; } = name;
}
