using CacheOrleans.Client.Flights;
using CacheOrleans.Client.Writes;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Client.Hybrid;

/// <summary>What a <c>HybridCache</c> uses.</summary>
/// <param name="Reads">Reads from the cluster.</param>
/// <param name="Writes">Writes to it.</param>
/// <param name="Flights">What reads of the client use.</param>
/// <param name="NearLease">How long the client keeps copies at the most.</param>
/// <param name="Logger">The log.</param>
internal sealed record HybridServices(
    CacheReads Reads, OwnerWrites Writes, FlightServices Flights, TimeSpan NearLease, ILogger Logger);
