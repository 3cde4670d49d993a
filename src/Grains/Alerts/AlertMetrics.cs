using System.Diagnostics.Metrics;
using CacheOrleans.Alerts;
using CacheOrleans.Grains.Diagnostics;

namespace CacheOrleans.Grains.Alerts;

/// <summary>The instruments of alerts on the meter <c>CacheOrleans</c>.</summary>
internal sealed class AlertMetrics
{
    private readonly Meter _meter;
    private readonly Counter<long> _messages;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _reports;

    public AlertMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(CacheMetrics.MeterName);
        _messages = _meter.CreateCounter<long>(
            "cacheorleans.alerts.messages", "{message}", "Messages, counted on the silo that decided to send them");
        _refused = _meter.CreateCounter<long>(
            "cacheorleans.alerts.refused",
            "{cache}",
            "Caches without an alert because too many other caches are in their cooldown");
        _deliveries = _meter.CreateCounter<long>(
            "cacheorleans.alerts.deliveries", "{message}", "Messages that a channel has delivered or given up");
        _reports = _meter.CreateCounter<long>(
            "cacheorleans.alerts.reports", "{report}", "Reports to the coordinator, by whether it answered in time");
    }

    public void OnMessage(AlertNoticeKind kind) =>
        _messages.Add(1, new KeyValuePair<string, object?>("kind", Name(kind)));

    public void OnRefused() => _refused.Add(1);

    public void OnDelivery(string channel, bool isDelivered) => _deliveries.Add(
        1, new("channel", channel), new("result", isDelivered ? "delivered" : "givenUp"));

    public void OnReport(bool isAnswered) =>
        _reports.Add(1, new KeyValuePair<string, object?>("result", isAnswered ? "answered" : "unanswered"));

    /// <summary>Creates a counter of the failures that this silo suppressed.</summary>
    public void ObserveSuppressed(Func<long> count) => _meter.CreateObservableCounter(
        "cacheorleans.alerts.suppressed",
        count,
        "{failure}",
        "Failures of this silo that caused no message of their own, but are counted in a later one");

    /// <summary>Creates a gauge of the messages that wait on this silo, by channel.</summary>
    public void ObserveUndelivered(Func<IEnumerable<(string Channel, int Count)>> counts) =>
        _meter.CreateObservableGauge(
            "cacheorleans.alerts.undelivered",
            () => counts().Select(count =>
                new Measurement<int>(count.Count, new KeyValuePair<string, object?>("channel", count.Channel))),
            "{message}",
            "Messages that this silo still has to deliver");

    private static string Name(AlertNoticeKind kind) => kind switch
    {
        AlertNoticeKind.Failing => "failing",
        AlertNoticeKind.Digest => "digest",
        AlertNoticeKind.Resolved => "resolved",
        AlertNoticeKind.Test => "test",
        AlertNoticeKind.ManualChange => "manualChange",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
