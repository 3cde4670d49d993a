using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orleans.Serialization.TypeSystem;

namespace CacheOrleans.Client.Connection;

/// <summary>Finds out which gateways are silent: Orleans does not use them until they answer.</summary>
/// <remarks>All messages of a grain go through one gateway, and the connection to a silo that is frozen stays open.
/// Thread-safe.</remarks>
internal sealed class Gateways(
    GatewayList list, ClusterSettings settings, TimeProvider time, ILogger<Gateways> logger) : IDisposable
{
    /// <summary>How long a gateway may be silent that is asked for nothing.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(400);

    /// <summary>How often they are asked at the most.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    private static readonly int ProbeType =
        (int)StableHash.ComputeHash(RuntimeTypeNameFormatter.Format(typeof(ISiloProbe)));

    private readonly ConcurrentDictionary<Uri, bool> _told = new();
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Listener _listener = new(time);
    private Task<long> _round = Task.FromResult(0L);
    private long _leftOutAt;

    /// <summary>Asks all gateways for nothing, and leaves out those that are silent.</summary>
    /// <param name="grains">The way to them.</param>
    /// <param name="since">When a message was sent, as a timestamp of the clock of waits.</param>
    /// <returns>Whether the message may lie in a gateway that is not used any more.</returns>
    public async Task<bool> CheckAsync(IGrainFactory grains, long since)
    {
        while (Volatile.Read(ref _leftOutAt) <= since)
        {
            // A round that began before says nothing of a gateway that has frozen since.
            var beganAt = await Round(grains).ConfigureAwait(false);
            if (beganAt > since)
            {
                return Volatile.Read(ref _leftOutAt) > since;
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

    /// <returns>When it began.</returns>
    private async Task<long> RoundAsync(IGrainFactory grains, long lastBeganAt)
    {
        var pause = Period - time.GetElapsedTime(lastBeganAt);
        if (lastBeganAt != 0 && pause > TimeSpan.Zero)
        {
            await Task.Delay(pause, time, _stopping.Token).ConfigureAwait(false);
        }

        var beganAt = time.GetTimestamp();
        list.Hurry();
        var gateways = list.Used;
        var answer = await Task.WhenAll(gateways.Select(gateway => IsAnsweringAsync(grains, gateway)))
            .ConfigureAwait(false);
        foreach (var gateway in gateways.Where((_, i) => answer[i]))
        {
            Tell(gateway, isSilent: false);
        }

        List<Uri> silent = [.. gateways.Where((_, i) => !answer[i])];
        if (silent.Count > 0 && list.TryLeaveOut(silent))
        {
            silent.ForEach(gateway => Task.Run(() => TakeBackAsync(gateway)).Ignore());
            await list.TakenUpAsync(_stopping.Token).ConfigureAwait(false);
            Volatile.Write(ref _leftOutAt, time.GetTimestamp());
        }

        return beganAt;
    }

    /// <summary>Logs what is new of a gateway: one that is silent may be left out more than once.</summary>
    private void Tell(Uri gateway, bool isSilent)
    {
        if (isSilent && _told.TryAdd(gateway, true))
        {
            logger.GatewaySilent(gateway);
        }
        else if (!isSilent && _told.TryRemove(gateway, out _))
        {
            logger.GatewayAnswers(gateway);
        }
    }

    private async Task<bool> IsAnsweringAsync(IGrainFactory grains, Uri gateway)
    {
        try
        {
            var answer = grains.GetGrain<ISiloProbe>(ProbeAt(gateway)).AnswerAsync();
            var heard = await _listener.HearAsync(answer, Limit, _stopping.Token).ConfigureAwait(false);
            if (heard == true)
            {
                await answer.ConfigureAwait(false);
                return true;
            }

            answer.Ignore();
            return heard is null; // nothing is known against it
        }
        catch (Exception exception) when (NoAnswer.Is(exception))
        {
            return false;
        }
    }

    /// <summary>The silo's probe, by the name that a gateway takes for its own.</summary>
    private static GrainId ProbeAt(Uri gateway) => SystemTargetGrainId.CreateGrainServiceGrainId(
        ProbeType, grainSystemId: null!, SiloAddress.New(gateway.ToGatewayAddress()!.Endpoint, 0));

    /// <summary>Connects to a gateway that is left out until it answers: with a connection of its own, for Orleans
    /// would use for everything what it has a connection for.</summary>
    private async Task TakeBackAsync(Uri gateway)
    {
        Tell(gateway, isSilent: true);
        var trial = new DetachedClient(settings.Alone(gateway, _ => WaitAsync()));
        await using var disposal = trial.ConfigureAwait(false);
        await trial.StartAsync(_stopping.Token).ConfigureAwait(false);
        list.TakeBack(gateway);
        Tell(gateway, isSilent: false);

        async Task<bool> WaitAsync()
        {
            await Task.Delay(Limit, time, _stopping.Token).ConfigureAwait(false);
            return list.IsLeftOut(gateway);
        }
    }
}
