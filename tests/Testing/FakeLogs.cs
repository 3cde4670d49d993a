using Microsoft.Extensions.Logging.Testing;

namespace CacheOrleans.Testing;

/// <summary>Reads what a <see cref="FakeLogCollector"/> has recorded.</summary>
public static class FakeLogs
{
    /// <summary>Returns the records of one event.</summary>
    public static IReadOnlyList<FakeLogRecord> Of(this FakeLogCollector log, int id) =>
        [.. log.GetSnapshot().Where(record => record.Id.Id == id)];

    /// <summary>Returns the ids of the recorded events.</summary>
    public static IEnumerable<int> Events(this FakeLogger logger) =>
        logger.Collector.GetSnapshot().Select(record => record.Id.Id);
}
