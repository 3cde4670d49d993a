using CacheOrleans.Alerts;
using CacheOrleans.Breaker;

namespace CacheOrleans.Core.Tests.Alerts;

/// <summary>Silos and their coordinator under one clock; reports are made and answered at once when they are due.
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

    /// <summary>What the coordinator sent.</summary>
    public List<AlertNotice> Sent { get; } = [];

    /// <summary>What silos sent alone.</summary>
    public List<AlertNotice> SentAlone { get; } = [];

    public List<AlertKey> Refused { get; } = [];

    public int Reports { get; private set; }

    /// <summary>Whether the coordinator answers.</summary>
    public bool IsSilent { get; set; }

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

    /// <summary>The cluster's breaker changes its state, and every silo knows of it.</summary>
    public void Show(BreakerState state) =>
        Array.Fill(_views, new BreakerView(_views[0].Generation + 1, state, IsLocal: false));

    /// <summary>A silo's own breaker changes its state.</summary>
    public void ShowAlone(int silo, BreakerState state) => _views[silo] =
        new BreakerView(_views[silo].Generation + 1, state, IsLocal: state != BreakerState.Closed);

    /// <summary>Failures open the cluster's breaker, or that of one silo alone.</summary>
    public void Open(int? alone = null)
    {
        if (alone is { } silo)
        {
            ShowAlone(silo, BreakerState.Open);
        }
        else
        {
            Show(BreakerState.Open);
        }

        Silos[alone ?? 0].OnFailure(
            Now,
            alone is null ? AlertKey.Breaker : AlertKey.SiloBreaker,
            AlertStage.Breaker,
            error: null,
            "The circuit breaker opened: 11 failures.");
        Settle();
    }

    /// <summary>Somebody changes the state of the cluster's breaker.</summary>
    public void Change(BreakerState from, BreakerState to, string? by = null)
    {
        Show(to);
        Silos[0].OnManualChange(
            Now, new BreakerTransition(from, to, TransitionCause.ByHand, default, null, 0, 0, 0, 0, by));
        Settle();
    }

    /// <summary>Lets time pass; every report is made when it is due.</summary>
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

    /// <summary>Everything the coordinator decided so far is delivered.</summary>
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

    /// <summary>Another coordinator takes over, which asks some of the silos what they know.</summary>
    public IReadOnlyList<AlertNotice> Replace(params int[] asked)
    {
        _coordinator = new AlertThrottle(Options, _random);
        return _coordinator.TakeOver(Now, asked.Select(silo => Silos[silo].Known(Now)));
    }

    /// <summary>Makes and answers what reports are due.</summary>
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
        if (IsSilent)
        {
            SentAlone.AddRange(silo.OnNoAnswer(Now, Start + Now, report));
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
