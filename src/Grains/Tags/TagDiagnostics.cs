using System.Diagnostics.Metrics;
using CacheOrleans.Grains.Diagnostics;
using CacheOrleans.Grains.Entries;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Grains.Tags;

/// <summary>Counts and logs this silo's invalidations of tags, and reads that fail for lack of a tag's version.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class TagDiagnostics
{
    private readonly Counter<long> _invalidations;
    private readonly Counter<long> _unreachable;
    private readonly Counter<long> _unknown;
    private readonly ILogger<TagDiagnostics> _logger;
    private readonly Latch _isFailing = new();

    public TagDiagnostics(IMeterFactory meters, ILogger<TagDiagnostics> logger)
    {
        var meter = meters.Create(CacheMetrics.MeterName);
        _invalidations = meter.CreateCounter<long>(
            "cacheorleans.tags.invalidations", null, "Invalidations of tags, counted on the silo that owns the tag");
        _unreachable = meter.CreateCounter<long>(
            "cacheorleans.tags.unreachable", "{silo}", "Silos that did not receive an invalidated tag within a second");
        _unknown = meter.CreateCounter<long>(
            "cacheorleans.tags.unknown", "{read}", "Reads that missed because the version of a tag was not known");
        _logger = logger;
    }

    /// <summary>Records that a tag is invalidated.</summary>
    public void OnInvalidated() => _invalidations.Add(1);

    /// <summary>Records that an invalidated tag or an ended cache was announced to the silos.</summary>
    /// <param name="missed">The number of silos that did not receive it.</param>
    public void OnPushed(int missed)
    {
        if (missed > 0)
        {
            _unreachable.Add(missed);
        }

        if (_isFailing.Turn(missed > 0) && missed > 0)
        {
            _logger.AnnouncementMissed(missed);
        }
    }

    /// <summary>Records that a read needs the version of a tag that cannot be found out.</summary>
    public void OnUnknown() => _unknown.Add(1);

    public void OnError(Exception error) => _logger.TagRefreshFailed(error);
}
