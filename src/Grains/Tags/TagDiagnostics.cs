using System.Diagnostics.Metrics;
using CacheOrleans.Grains.Diagnostics;
using CacheOrleans.Grains.Entries;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Grains.Tags;

/// <summary>Counts and logs what becomes of tags on this silo.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class TagDiagnostics
{
    private readonly Counter<long> _invalidations;
    private readonly Counter<long> _untold;
    private readonly Counter<long> _unknown;
    private readonly ILogger<TagDiagnostics> _logger;
    private readonly Latch _isUntold = new();

    public TagDiagnostics(IMeterFactory meters, ILogger<TagDiagnostics> logger)
    {
        var meter = meters.Create(CacheMetrics.MeterName);
        _invalidations = meter.CreateCounter<long>(
            "cacheorleans.tags.invalidations", null, "Invalidations of tags, counted on the silo that has the tag");
        _untold = meter.CreateCounter<long>(
            "cacheorleans.tags.untold", "{silo}", "Silos that could not be told of an invalidated tag for a second");
        _unknown = meter.CreateCounter<long>(
            "cacheorleans.tags.unknown", "{read}", "Reads that counted as a miss, for a tag's version was not known");
        _logger = logger;
    }

    /// <summary>A tag is invalidated.</summary>
    public void OnInvalidated() => _invalidations.Add(1);

    /// <summary>The silos were told of an invalidated tag.</summary>
    /// <param name="untold">How many could not be told.</param>
    public void OnPushed(int untold)
    {
        if (untold > 0)
        {
            _untold.Add(untold);
        }

        if (_isUntold.Turn(untold > 0) && untold > 0)
        {
            _logger.TagNotTold(untold);
        }
    }

    /// <summary>A read needs the version of a tag that cannot be learned.</summary>
    public void OnUnknown() => _unknown.Add(1);

    public void OnError(Exception error) => _logger.TagRefreshFailed(error);
}
