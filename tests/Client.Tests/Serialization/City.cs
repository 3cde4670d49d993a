namespace CacheOrleans.Client.Tests.Serialization;

internal sealed record City(string Name, int People);
