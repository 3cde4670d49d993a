using CacheOrleans.Client.Batches;
using CacheOrleans.Entries;

namespace CacheOrleans.Client.Coherence;

/// <summary>Samples reads, and asks the owners a little later whether what was read was current.</summary>
/// <remarks>
/// <para>Clocks of two machines are never compared. The owner replies how long ago the value ended, and this process
/// subtracts the time from the read to the reply. So the age of a stale value is never overestimated.</para>
/// <para>Thread-safe.</para>
/// </remarks>
internal sealed class CoherenceChecks : IDisposable
{
    /// <summary>How long after a read its owner is asked. By then the silos agree on who the owner is, even if a silo
    /// has just stopped.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(5);

    /// <summary>The time between two messages, and the time for which the number of samples is limited.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>An age up to this one counts as none: two clocks may differ by some milliseconds within some seconds,
    /// and a notification takes as long.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(20);

    private readonly BatchOwners _owners;
    private readonly CoherenceMeter _meter;
    private readonly SampleGaps _gaps;
    private readonly int _maxSamples;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private readonly Queue<SampledRead> _waiting = new();
    private bool _isRunning;
    private int _samples;
    private long _repliesLeft;

    /// <param name="owners">Calls the owners.</param>
    /// <param name="meter">Counts the results.</param>
    /// <param name="gaps">Decides which replies of owners are sampled.</param>
    /// <param name="maxSamples">The most reads that are sampled in an interval.</param>
    /// <param name="time">The clock for waits.</param>
    public CoherenceChecks(
        BatchOwners owners, CoherenceMeter meter, SampleGaps gaps, int maxSamples, TimeProvider time)
    {
        (_owners, _meter, _gaps, _maxSamples, _time) = (owners, meter, gaps, maxSamples, time);
        _repliesLeft = gaps.Next();
        _timer = time.CreateTimer(
            static checks => _ = ((CoherenceChecks)checks!).RunAsync(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>The current time, as a timestamp of the clock for waits.</summary>
    public long Now => _time.GetTimestamp();

    /// <summary>Called for each reply of an owner that ends a read; some of them are sampled.</summary>
    /// <param name="cache">The cache's name.</param>
    /// <param name="key">The key's text.</param>
    /// <param name="reply">The reply.</param>
    /// <param name="sentAt">When the first request of the read was sent, as a timestamp of the clock for waits: an
    /// owner may reply with what was valid then.</param>
    public void OnReply(string cache, string key, EntryReply reply, long sentAt)
    {
        if (Interlocked.Decrement(ref _repliesLeft) != 0)
        {
            return;
        }

        Volatile.Write(ref _repliesLeft, _gaps.Next());
        if (reply.TimeLeft > TimeSpan.Zero) // otherwise the owner does not keep it, and the stamp is an earlier one
        {
            Add(new(cache, key, reply.Stamp, sentAt, IsCopy: false));
        }
    }

    /// <summary>Has a read checked, unless there are too many.</summary>
    public void Add(SampledRead read)
    {
        lock (_lock)
        {
            if (_samples == _maxSamples)
            {
                return;
            }

            _samples++;
            _waiting.Enqueue(read);
            if (!_isRunning)
            {
                _isRunning = _timer.Change(Interval, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => _timer.Dispose();

    private async Task RunAsync()
    {
        try
        {
            if (TakeDue() is { Length: > 0 } due)
            {
                await CheckAsync(due).ConfigureAwait(false);
            }
        }
        finally
        {
            lock (_lock)
            {
                _samples = 0;
                _isRunning = _waiting.Count > 0 && _timer.Change(Interval, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private SampledRead[] TakeDue()
    {
        lock (_lock)
        {
            List<SampledRead> due = [];
            while (_waiting.TryPeek(out var read) && _time.GetElapsedTime(read.At) >= Delay)
            {
                due.Add(_waiting.Dequeue());
            }

            return [.. due];
        }
    }

    private async Task CheckAsync(SampledRead[] reads)
    {
        StampCheck[]? checks = null;
        try
        {
            checks = (await _owners.CheckAsync(
                Array.ConvertAll(reads, read => read.Key), Array.ConvertAll(reads, read => read.Stamp))
                .ConfigureAwait(false)).Answer;
        }
        // A silo of an earlier version does not know the call.
        catch (Exception)
        {
        }

        for (var i = 0; i < reads.Length; i++)
        {
            Count(reads[i], checks?[i] ?? default);
        }
    }

    private void Count(SampledRead read, StampCheck check)
    {
        var age = check.EndedAgo - _time.GetElapsedTime(read.At);
        if (check.State is StampState.Ended or StampState.EndedEarlier && age > Tolerance)
        {
            _meter.OnStale(read, age);
        }
        else if (check.State is StampState.Current or StampState.Ended)
        {
            _meter.OnCurrent(read);
        }
        else
        {
            _meter.OnUnknown(read);
        }
    }
}
