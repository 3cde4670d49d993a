namespace CacheOrleans.Client.Tests.Hybrid;

/// <summary>A mutable value.</summary>
internal sealed class Person
{
    public string Name { get; set; } = "";
}
