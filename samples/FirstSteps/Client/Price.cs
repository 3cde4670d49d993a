namespace CacheOrleans.FirstSteps.Client;

/// <summary>What something costs.</summary>
internal sealed record Price(int Id, int Cents);
