using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Client.Tests.Coherence;

/// <summary>What an application measures about the coherence of its reads.</summary>
internal sealed class CheckResults : IDisposable
{
    private readonly ConcurrentDictionary<string, long> _counts = new();
    private readonly ConcurrentBag<double> _ages = [];
    private readonly MeterListener _listener;

    public CheckResults(TestApplication application)
    {
        _listener = application.Services.GetRequiredService<IMeterFactory>().Listener("cacheorleans.coherence.");
        _listener.SetMeasurementEventCallback<long>((instrument, count, tags, _) => _counts.AddOrUpdate(
            $"{instrument.Name.Split('.')[^1]} {tags.ToArray().Single(tag => tag.Key == "source").Value}",
            count,
            (_, before) => before + count));
        _listener.SetMeasurementEventCallback<double>((_, age, _, _) => _ages.Add(age));
        _listener.Start();
    }

    /// <summary>The ages of the stale values in seconds.</summary>
    public IReadOnlyCollection<double> Ages => _ages;

    /// <summary>Returns a count.</summary>
    /// <param name="result">The end of the instrument's name.</param>
    /// <param name="source">What answered the reads.</param>
    public long Of(string result, string source) => _counts.GetValueOrDefault($"{result} {source}");

    public void Dispose() => _listener.Dispose();
}
