namespace CacheOrleans.Client.Tests.Reads;

/// <summary>An application's own exception.</summary>
public sealed class TroubleException(string message) : Exception(message);
