using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orleans.Serialization.TypeSystem;

namespace CacheOrleans.Client.Connection;

/// <summary>Finds unresponsive gateways, and keeps Orleans from using them until they respond.</summary>
/// <remarks>All messages to a grain go through one gateway, and the connection to a frozen silo stays open.
/// Thread-safe.</remarks>
internal sealed class Gateways(
    GatewayList list, ClusterSettings settings, TimeProvider time, ILogger<Gateways> logger) : IDisposable
{
    /// <summary>How long a gateway may take to respond to a ping.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(400);

    /// <summary>The shortest time between two rounds of pings.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    private static readonly int ProbeType =
        (int)StableHash.ComputeHash(RuntimeTypeNameFormatter.Format(typeof(ISiloProbe)));

    private readonly ConcurrentDictionary<Uri, bool> _reported = new();
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Listener _listener = new(time);
    private Task<long> _round = Task.FromResult(0L);
    private long _excludedAt;

    /// <summary>Pings all gateways, and excludes those that do not respond.</summary>
    /// <param name="grains">Creates references to the gateways' grains.</param>
    /// <param name="since">When a message was sent, as a timestamp of the clock for waits.</param>
    /// <returns>Whether the message may be stuck at a gateway that is no longer used.</returns>
    public async Task<bool> CheckAsync(IGrainFactory grains, long since)
    {
        while (Volatile.Read(ref _excludedAt) <= since)
        {
            // A round that began before cannot find a gateway that has frozen since.
            var beganAt = await Round(grains).ConfigureAwait(false);
            if (beganAt > since)
            {
                return Volatile.Read(ref _excludedAt) > since;
            }
        }

        return true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private Task<long> Round(IGrainFactory grains)
    {
        lock (_lock)
        {
            return _round.IsCompleted
                ? _round = RoundAsync(grains, _round.IsCompletedSuccessfully ? _round.Result : 0)
                : _round;
        }
    }

    /// <returns>When the round began.</returns>
    private async Task<long> RoundAsync(IGrainFactory grains, long lastBeganAt)
    {
        var pause = Period - time.GetElapsedTime(lastBeganAt);
        if (lastBeganAt != 0 && pause > TimeSpan.Zero)
        {
            await Task.Delay(pause, time, _stopping.Token).ConfigureAwait(false);
        }

        var beganAt = time.GetTimestamp();
        list.ReadSoon();
        var gateways = list.Used;
        var isAnswering = await Task.WhenAll(gateways.Select(gateway => IsAnsweringAsync(grains, gateway)))
            .ConfigureAwait(false);
        foreach (var gateway in gateways.Where((_, i) => isAnswering[i]))
        {
            Report(gateway, isUnresponsive: false);
        }

        List<Uri> unresponsive = [.. gateways.Where((_, i) => !isAnswering[i])];
        if (unresponsive.Count > 0 && list.TryExclude(unresponsive))
        {
            unresponsive.ForEach(gateway => Task.Run(() => IncludeAgainAsync(gateway)).Ignore());
            await list.WaitUntilAppliedAsync(_stopping.Token).ConfigureAwait(false);
            Volatile.Write(ref _excludedAt, time.GetTimestamp());
        }

        return beganAt;
    }

    /// <summary>Logs a change of a gateway's state once; an unresponsive gateway may be excluded more than
    /// once.</summary>
    private void Report(Uri gateway, bool isUnresponsive)
    {
        if (isUnresponsive && _reported.TryAdd(gateway, true))
        {
            logger.GatewayUnresponsive(gateway);
        }
        else if (!isUnresponsive && _reported.TryRemove(gateway, out _))
        {
            logger.GatewayResponds(gateway);
        }
    }

    private async Task<bool> IsAnsweringAsync(IGrainFactory grains, Uri gateway)
    {
        try
        {
            var answer = grains.GetGrain<ISiloProbe>(ProbeAt(gateway)).AnswerAsync();
            var hasAnswered = await _listener.WaitForAnswerAsync(answer, Limit, _stopping.Token).ConfigureAwait(false);
            if (hasAnswered == true)
            {
                await answer.ConfigureAwait(false);
                return true;
            }

            answer.Ignore();
            return hasAnswered is null; // this process was too busy to blame the gateway
        }
        catch (Exception exception) when (NoAnswer.Is(exception))
        {
            return false;
        }
    }

    /// <summary>Returns the id of the silo's probe, with the address by which a gateway recognizes itself.</summary>
    private static GrainId ProbeAt(Uri gateway) => SystemTargetGrainId.CreateGrainServiceGrainId(
        ProbeType, grainSystemId: null!, SiloAddress.New(gateway.ToGatewayAddress()!.Endpoint, 0));

    /// <summary>Waits until an excluded gateway accepts a connection, and uses it again. The trial connection is
    /// separate, because Orleans would use a connection of its own client for all messages.</summary>
    private async Task IncludeAgainAsync(Uri gateway)
    {
        Report(gateway, isUnresponsive: true);
        var trial = new DetachedClient(settings.ForGateway(gateway, _ => WaitAsync()));
        await using var disposal = trial.ConfigureAwait(false);
        await trial.StartAsync(_stopping.Token).ConfigureAwait(false);
        list.Include(gateway);
        Report(gateway, isUnresponsive: false);

        async Task<bool> WaitAsync()
        {
            await Task.Delay(Limit, time, _stopping.Token).ConfigureAwait(false);
            return list.IsExcluded(gateway);
        }
    }
}
