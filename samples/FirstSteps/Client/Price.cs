namespace CacheOrleans.FirstSteps.Client;

/// <summary>The price of a product.</summary>
internal sealed record Price(int Id, int Cents);
