namespace CacheOrleans.Client.Tests.Flights;

/// <summary>An application's own exception.</summary>
public sealed class TroubleException(string message) : Exception(message);
