namespace CacheOrleans.Simulation.Histories;

/// <summary>The names of the clients' options.</summary>
internal static class ClientKinds
{
    public const string Near = "near";
    public const string Strict = "strict";
}
