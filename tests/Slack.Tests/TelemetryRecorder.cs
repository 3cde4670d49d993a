using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CacheOrleans.Slack.Tests;

/// <summary>Records every activity and measurement of the process, except those of the simulated Slack
/// server.</summary>
internal sealed class TelemetryRecorder : IDisposable
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _activities;

    public TelemetryRecorder()
    {
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (!IsOfTheServer(instrument.Meter.Name))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add(instrument.Name, tags.ToArray()));
        _meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Add(instrument.Name, tags.ToArray()));
        _meters.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Add(instrument.Name, tags.ToArray()));
        _meters.Start();
        _activities = new ActivityListener
        {
            ShouldListenTo = source => !IsOfTheServer(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => Add(
                $"{activity.OperationName} {activity.DisplayName} {activity.StatusDescription} "
                    + string.Join(' ', activity.Events.SelectMany(happened => happened.Tags)),
                activity.TagObjects),
        };
        ActivitySource.AddActivityListener(_activities);
    }

    public IReadOnlyList<string> Lines => [.. _lines];

    public void Dispose()
    {
        _meters.Dispose();
        _activities.Dispose();
    }

    private static bool IsOfTheServer(string source) =>
        source.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal);

    private void Add(string name, IEnumerable<KeyValuePair<string, object?>> tags) =>
        _lines.Enqueue($"{name} {string.Join(' ', tags)}");
}
