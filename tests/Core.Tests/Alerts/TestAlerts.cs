using CacheOrleans.Alerts;
using CacheOrleans.Breaker;

namespace CacheOrleans.Core.Tests.Alerts;

/// <summary>Silos and their coordinator on one clock; reports that are due are made and answered at once.
/// </summary>
internal sealed class TestAlerts
{
    public static readonly AlertKey User = AlertKey.Cache("user");

    public static readonly BreakerView Closed = new(0, BreakerState.Closed, IsLocal: false);

    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Random _random = new(1);
    private readonly BreakerView[] _views;
    private AlertThrottle _coordinator;

    public TestAlerts(int silos = 1, AlertOptions? options = null)
    {
        Options = options ?? new AlertOptions();
        _coordinator = new AlertThrottle(Options, _random);
        Silos = [.. Enumerable.Range(1, silos)
            .Select(i => new SiloAlerts($"silo{i}", Options, new Random(i + 1), Now))];
        _views = [.. Silos.Select(_ => Closed)];
        Settle();
    }

    public AlertOptions Options { get; }

    public TimeSpan Now { get; private set; }

    public IReadOnlyList<SiloAlerts> Silos { get; }

    /// <summary>What the coordinator has sent.</summary>
    public List<AlertNotice> Sent { get; } = [];

    /// <summary>What silos have sent themselves, without the coordinator.</summary>
    public List<AlertNotice> SentBySilos { get; } = [];

    public List<AlertKey> Refused { get; } = [];

    public int Reports { get; private set; }

    /// <summary>Whether the coordinator answers no reports.</summary>
    public bool IsUnresponsive { get; set; }

    public AlertThrottle Coordinator => _coordinator;

    public void Fail(
        string cache = "user", int silo = 0, AlertStage stage = AlertStage.Read, int times = 1) =>
        Fail(AlertKey.Cache(cache), silo, stage, times);

    public void Fail(AlertKey key, int silo = 0, AlertStage stage = AlertStage.Read, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            Silos[silo].OnFailure(Now, key, stage, new TimeoutException("too late"), null);
        }

        Settle();
    }

    public void Succeed(string cache = "user", int silo = 0, AlertStage stage = AlertStage.Read)
    {
        Silos[silo].OnSuccess(Now, AlertKey.Cache(cache), stage);
        Settle();
    }

    /// <summary>Changes the state of the cluster's breaker in every silo.</summary>
    public void Show(BreakerState state) =>
        Array.Fill(_views, new BreakerView(_views[0].Generation + 1, state, IsLocal: false));

    /// <summary>Changes the state of a silo's local breaker.</summary>
    public void ShowLocal(int silo, BreakerState state) => _views[silo] =
        new BreakerView(_views[silo].Generation + 1, state, IsLocal: state != BreakerState.Closed);

    /// <summary>Opens the cluster's breaker, or only the local breaker of one silo, because of failures.</summary>
    public void Open(int? onlyOn = null)
    {
        if (onlyOn is { } silo)
        {
            ShowLocal(silo, BreakerState.Open);
        }
        else
        {
            Show(BreakerState.Open);
        }

        Silos[onlyOn ?? 0].OnFailure(
            Now,
            onlyOn is null ? AlertKey.Breaker : AlertKey.SiloBreaker,
            AlertStage.Breaker,
            error: null,
            "The circuit breaker opened: 11 failures.");
        Settle();
    }

    /// <summary>Changes the state of the cluster's breaker manually.</summary>
    public void Change(BreakerState from, BreakerState to, string? by = null)
    {
        Show(to);
        Silos[0].OnManualChange(
            Now, new BreakerTransition(from, to, TransitionCause.Manual, default, null, 0, 0, 0, 0, by));
        Settle();
    }

    /// <summary>Lets time pass, and makes every report when it is due.</summary>
    public void Pass(TimeSpan time)
    {
        var end = Now + time;
        while (Silos.Min(silo => silo.NextReport) is var next && next <= end)
        {
            Now = next > Now ? next : Now;
            Settle();
        }

        Now = end;
    }

    public void PassMinutes(double minutes) => Pass(TimeSpan.FromMinutes(minutes));

    /// <summary>Marks everything that the coordinator has sent so far as delivered.</summary>
    public void Deliver()
    {
        Sent.ForEach(notice => _coordinator.OnDelivered(notice.Id));
        Push();
    }

    public void Push()
    {
        foreach (var silo in Silos)
        {
            silo.OnPush(Now, _coordinator.Table(Now));
        }
    }

    /// <summary>Starts another coordinator, which asks some of the silos what they know.</summary>
    public IReadOnlyList<AlertNotice> Replace(params int[] asked)
    {
        _coordinator = new AlertThrottle(Options, _random);
        return _coordinator.TakeOver(Now, asked.Select(silo => Silos[silo].Known(Now)));
    }

    /// <summary>Makes and answers the reports that are due.</summary>
    public void Settle()
    {
        for (var i = 0; i < Silos.Count; i++)
        {
            while (Silos[i].NextReport <= Now)
            {
                ReportOf(i);
            }
        }
    }

    public static AlertFailure Describe(AlertEvidence evidence, string silo) => new(
        evidence.Id,
        evidence.Stage,
        evidence.What ?? "It failed.",
        evidence.Error?.GetType().FullName,
        evidence.Error?.ToString(),
        silo,
        BreakerState.Closed);

    private void ReportOf(int index)
    {
        var silo = Silos[index];
        foreach (var evidence in silo.Undescribed)
        {
            silo.Describe(evidence.Key, Describe(evidence, $"silo{index + 1}"));
        }

        var report = silo.Report(Now, _views[index]);
        Reports++;
        if (IsUnresponsive)
        {
            SentBySilos.AddRange(silo.OnNoAnswer(Now, Start + Now, report));
            return;
        }

        var version = _coordinator.Version;
        var outcome = _coordinator.Report(Now, Start + Now, report);
        Sent.AddRange(outcome.Notices);
        Refused.AddRange(outcome.Refused);
        if (_coordinator.Version != version)
        {
            Push();
        }

        silo.OnAnswer(Now, outcome.Answer);
    }
}
