using CacheOrleans.Client.Coherence;
using CacheOrleans.Client.Connection;
using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Reads;

/// <summary>The services that reads of a client use.</summary>
/// <param name="Owners">Calls the owners of entries.</param>
/// <param name="Near">The copies, and the known changes.</param>
/// <param name="Checks">Checks some of the reads later.</param>
/// <param name="OperationTimeout">How long a read that cannot proceed without the cluster tries to reach it.</param>
/// <param name="Time">The clock for waits.</param>
/// <param name="Stopping">Fires when the client is disposed.</param>
internal sealed record ReadServices(
    Owners Owners,
    NearState Near,
    CoherenceChecks Checks,
    TimeSpan OperationTimeout,
    TimeProvider Time,
    CancellationToken Stopping);
