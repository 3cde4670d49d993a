using System.Diagnostics.Metrics;

namespace CacheOrleans.Simulation.Histories;

/// <summary>Compares what the clients count as stale with what is promised.</summary>
internal sealed class ReadChecks : IDisposable
{
    private readonly MeterListener _listener = new();

    /// <param name="copyBound">How long a copy may be out of date.</param>
    public ReadChecks(TimeSpan copyBound)
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name.StartsWith("cacheorleans.coherence.", StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, _, _, _) => Counts = instrument.Name switch
        {
            "cacheorleans.coherence.checked" => Counts with { Checked = Counts.Checked + 1 },
            "cacheorleans.coherence.stale" => Counts with { Stale = Counts.Stale + 1 },
            _ => Counts with { Unknown = Counts.Unknown + 1 },
        });
        _listener.SetMeasurementEventCallback<double>((_, age, tags, _) =>
        {
            var isCopy = tags.ToArray().Any(tag => tag.Value is "copy");
            if (!isCopy || age > copyBound.TotalSeconds)
            {
                FalseAlarm ??= $"A read of {(isCopy ? "a copy" : "an owner")} is counted as stale by {age} s.";
            }
        });
        _listener.Start();
    }

    public CheckCounts Counts { get; private set; }

    /// <summary>The first read that was counted as stale although it kept every promise; null: there was
    /// none.</summary>
    public string? FalseAlarm { get; private set; }

    public void Dispose() => _listener.Dispose();
}

/// <summary>What clients counted about the coherence of their reads.</summary>
internal readonly record struct CheckCounts(long Checked, long Stale, long Unknown)
{
    public static CheckCounts operator +(CheckCounts left, CheckCounts right) => new(
        left.Checked + right.Checked, left.Stale + right.Stale, left.Unknown + right.Unknown);
}
