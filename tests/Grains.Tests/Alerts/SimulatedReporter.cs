using CacheOrleans.Alerts;
using CacheOrleans.Breaker;
using CacheOrleans.Grains.Alerts;

namespace CacheOrleans.Grains.Tests.Alerts;

/// <summary>Simulates a silo that only reports: it has the real <see cref="SiloAlerts"/> and calls the real
/// coordinator.</summary>
internal sealed class SimulatedReporter
{
    private static readonly BreakerView Closed = new(0, BreakerState.Closed, IsLocal: false);

    private readonly IAlertCoordinator _coordinator;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly SiloAlerts _alerts;
    private readonly string _name;

    public SimulatedReporter(string name, AlertOptions options, int seed, TimeProvider time, IGrainFactory grains)
    {
        _name = name;
        _time = time;
        _start = time.GetTimestamp();
        _coordinator = grains.GetGrain<IAlertCoordinator>(IAlertThrottleGrain.Key);
        _alerts = new SiloAlerts(name, options, new Random(seed), Now);
    }

    public long Suppressed => _alerts.Suppressed;

    private TimeSpan Now => _time.GetElapsedTime(_start);

    public void Fail(string cache, int count)
    {
        var error = new IOException("gone");
        for (var i = 0; i < count; i++)
        {
            _alerts.OnFailure(Now, AlertKey.Cache(cache), AlertStage.Read, error, what: null);
        }
    }

    /// <summary>Sends the reports that are due, as a silo does.</summary>
    public async Task ReportAsync()
    {
        while (_alerts.NextReport <= Now)
        {
            foreach (var evidence in _alerts.Undescribed)
            {
                _alerts.Describe(
                    evidence.Key,
                    new AlertFailure(
                        evidence.Id, evidence.Stage, "It failed.", null, null, _name, BreakerState.Closed));
            }

            _alerts.OnAnswer(Now, await AnswerAsync(_alerts.Report(Now, Closed)));
        }
    }

    /// <summary>Sends a report until it is answered: a repeated report is not counted again.</summary>
    private async Task<AlertAnswer> AnswerAsync(AlertReport report)
    {
        while (true)
        {
            try
            {
                return await _coordinator.ReportAsync(report);
            }
            catch (TimeoutException)
            {
                // The limit is one second, which a busy machine may need for a hundred silos at once.
            }
        }
    }
}
