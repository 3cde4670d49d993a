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
    private readonly Latch _isUnknown = new();

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

    /// <summary>Versions of tags were asked for that a read needs.</summary>
    /// <param name="areKnown">Whether they are known now.</param>
    public void OnLearned(bool areKnown)
    {
        if (!areKnown)
        {
            _unknown.Add(1);
        }

        if (!_isUnknown.Turn(!areKnown))
        {
            return;
        }

        if (areKnown)
        {
            _logger.TagsKnown();
        }
        else
        {
            _logger.TagsUnknown();
        }
    }

    public void OnError(Exception error) => _logger.TagRefreshFailed(error);
}
