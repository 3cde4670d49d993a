using CacheOrleans.Alerts;
using CacheOrleans.Breaker;

namespace CacheOrleans.Core.Tests.Alerts;

/// <summary>Silos and their coordinator under one clock; reports are made and answered at once when they are due.
/// </summary>
internal sealed class TestAlerts
{
    public static readonly AlertKey User = AlertKey.Cache("user");

    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Random _random = new(1);
    private AlertThrottle _coordinator;

    public TestAlerts(int silos = 1, AlertOptions? options = null)
    {
        Options = options ?? new AlertOptions();
        _coordinator = new AlertThrottle(Options, _random);
        Silos = [.. Enumerable.Range(1, silos)
            .Select(i => new SiloAlerts($"silo{i}", Options, new Random(i + 1), Now))];
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
        "It failed.",
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

        var report = silo.Report(Now);
        Reports++;
        if (IsSilent)
        {
            SentAlone.AddRange(silo.OnSilence(Now, Start + Now, report));
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
