using System.Diagnostics.Metrics;
using CacheOrleans.Definitions;

namespace CacheOrleans.Client.Coherence;

/// <summary>Publishes the results of coherence checks, by cache and by what answered the reads.</summary>
internal sealed class CoherenceMeter
{
    private static readonly InstrumentAdvice<double> Ages = new()
    {
        HistogramBucketBoundaries = [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60],
    };

    private readonly CacheLabels _labels;
    private readonly Counter<long> _checked;
    private readonly Counter<long> _stale;
    private readonly Counter<long> _unknown;
    private readonly Histogram<double> _age;

    public CoherenceMeter(Meter meter, CacheLabels labels)
    {
        _labels = labels;
        _checked = meter.CreateCounter<long>(
            "cacheorleans.coherence.checked", "{read}", "Sampled reads about which their owners gave an answer.");
        _stale = meter.CreateCounter<long>(
            "cacheorleans.coherence.stale", "{read}", "Checked reads of values that had ended before.");
        _unknown = meter.CreateCounter<long>(
            "cacheorleans.coherence.unknown", "{read}", "Sampled reads about which their owners knew nothing.");
        _age = meter.CreateHistogram(
            "cacheorleans.coherence.age", "s", "For how long stale values had ended.", tags: null, Ages);
    }

    /// <summary>Counts a read of a value that was current.</summary>
    public void OnCurrent(SampledRead read) => _checked.Add(1, Cache(read), Source(read));

    /// <summary>Counts a read of a value that had ended.</summary>
    /// <param name="read">The read.</param>
    /// <param name="age">How long before the read the value had ended, at least.</param>
    public void OnStale(SampledRead read, TimeSpan age)
    {
        OnCurrent(read);
        _stale.Add(1, Cache(read), Source(read));
        _age.Record(age.TotalSeconds, Cache(read), Source(read));
    }

    /// <summary>Counts a read that could not be checked.</summary>
    public void OnUnknown(SampledRead read) => _unknown.Add(1, Cache(read), Source(read));

    private KeyValuePair<string, object?> Cache(SampledRead read) => new("cache", _labels.Of(read.Cache));

    private static KeyValuePair<string, object?> Source(SampledRead read) =>
        new("source", read.IsCopy ? "copy" : "owner");
}
