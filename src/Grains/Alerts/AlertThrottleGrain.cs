using CacheOrleans.Alerts;
using CacheOrleans.Grains.Coordination;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Placement;

namespace CacheOrleans.Grains.Alerts;

/// <summary>The coordinator of alerts: one <see cref="AlertThrottle"/> for all silos.</summary>
/// <remarks>It persists nothing: the silos carry its table, and a new activation asks them for it before it answers any
/// call. Its silo delivers the messages. No call waits for another, so a report never waits for a delivery.</remarks>
[KeepAlive]
[Immovable]
[Reentrant]
internal sealed class AlertThrottleGrain(
    IOptions<AlertOptions> options,
    TimeProvider time,
    NewRandom newRandom,
    ActiveSilos<IAlertService> silos,
    AlertSender desk)
    : Grain, IAlertThrottleGrain, IAlertCoordinator
{
    /// <summary>How long a test waits for the delivery of its message; a call times out after 30 seconds.</summary>
    private static readonly TimeSpan TestLimit = TimeSpan.FromSeconds(15);

    /// <summary>The longest wait for the table of a silo that may be dead without the membership knowing it. It is
    /// shorter than the second after which a report times out.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMilliseconds(500);

    private readonly Random _random = newRandom();
    private readonly long _start = time.GetTimestamp();
    private AlertThrottle _throttle = null!;
    private CoordinatorVersion _pushed;

    private bool IsKnown => this.GetPrimaryKeyString() == IAlertThrottleGrain.Key;

    private TimeSpan Now => time.GetElapsedTime(_start);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _throttle = new AlertThrottle(options.Value, _random);
        if (!IsKnown)
        {
            return;
        }

        var now = Now;
        var tables = await silos.AskAsync(silo => silo.ReadAsync(), AnswerLimit, cancellationToken);
        foreach (var notice in _throttle.TakeOver(now, tables))
        {
            TrackDelivery(desk.Resend(notice));
        }

        Publish();
    }

    public Task<AlertAnswer> ReportAsync(AlertReport report)
    {
        ThrowIfKeyIsBad();
        var at = time.GetUtcNow();
        var outcome = _throttle.Report(Now, at, report);
        foreach (var key in outcome.Refused)
        {
            desk.Refuse(at, key);
        }

        foreach (var notice in outcome.Notices)
        {
            TrackDelivery(desk.Send(notice));
        }

        Publish();
        return Task.FromResult(outcome.Answer);
    }

    public Task<AlertStatistics> GetStatsAsync()
    {
        ThrowIfKeyIsBad();
        return Task.FromResult(new AlertStatistics(
            _throttle.Keys(Now),
            desk.Decisions,
            desk.Channels,
            options.Value.MaxKeys,
            GrainContext.Address.SiloAddress!.ToParsableString()));
    }

    public async Task<AlertTest> TestAsync()
    {
        ThrowIfKeyIsBad();
        var id = new byte[16];
        _random.NextBytes(id);
        var dispatch = desk.Send(new AlertNotice(
            new Guid(id), AlertNoticeKind.Test, AlertKey.Cache("test"), time.GetUtcNow(), TimeSpan.Zero, null, null));
        try
        {
            await dispatch.Completion.WaitAsync(TestLimit, time);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // The message still waits for its turn, or the silo stops. The result shows which channels have it so far.
        }

        return new AlertTest(dispatch.Notice.Id, dispatch.Deliveries);
    }

    /// <summary>Records the end of a delivery in the background: the calls that begin a delivery do not wait for it.
    /// </summary>
    private void TrackDelivery(AlertDispatch dispatch)
    {
        RecordAsync().Ignore();

        async Task RecordAsync()
        {
            await dispatch.Completion; // canceled when the silo stops: the successor delivers the message
            _throttle.OnDelivered(dispatch.Notice.Id);
            Publish();
        }
    }

    private void Publish()
    {
        if (_throttle.Version != _pushed)
        {
            _pushed = _throttle.Version;
            var table = _throttle.Table(Now);
            silos.Push(silo => silo.ApplyAsync(table));
        }
    }

    private void ThrowIfKeyIsBad()
    {
        if (!IsKnown)
        {
            DeactivateOnIdle();
            throw new ArgumentException(
                $"There is no coordinator of alerts '{this.GetPrimaryKeyString()}'; "
                    + $"the only one is '{IAlertThrottleGrain.Key}'.");
        }
    }
}
