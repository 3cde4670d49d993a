using Microsoft.Extensions.Logging;
using Orleans.Messaging;

namespace CacheOrleans.Client.Connection;

/// <summary>The gateways that Orleans uses: those of the membership when it was last read, without the unresponsive
/// ones.</summary>
/// <remarks>The membership is read in the background, so that Orleans learns of an unresponsive gateway even while the
/// membership's Redis does not respond. Thread-safe.</remarks>
internal sealed class GatewayList(IGatewayListProvider membership, TimeProvider time, ILogger<GatewayList> logger)
    : IGatewayListProvider
{
    /// <summary>How often Orleans requests the list.</summary>
    public static readonly TimeSpan RefreshPeriod = TimeSpan.FromMilliseconds(100);

    /// <summary>How often the membership is read.</summary>
    private static readonly TimeSpan ReadPeriod = TimeSpan.FromSeconds(5);

    /// <summary>How often the membership is read while something does not respond.</summary>
    private static readonly TimeSpan HurriedReadPeriod = TimeSpan.FromSeconds(1);

    /// <summary>How long Orleans avoids a gateway that refuses connections.</summary>
    private static readonly TimeSpan Staleness = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait at most until Orleans uses a changed list.</summary>
    private static readonly TimeSpan ApplyLimit = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly HashSet<Uri> _unresponsive = [];
    private IList<Uri> _known = [];
    private IList<Uri> _used = [];
    private Task? _reading;
    private long _readAt;
    private bool _isHurried;
    private bool _isUnreadable;
    private int _served;

    /// <inheritdoc />
    public TimeSpan MaxStaleness => Staleness;

    /// <inheritdoc />
    [Obsolete("Orleans marks this property as obsolete and does not read it.")]
    public bool IsUpdatable => true;

    /// <summary>The gateways in use.</summary>
    public IList<Uri> Used
    {
        get
        {
            lock (_lock)
            {
                return _used;
            }
        }
    }

    /// <inheritdoc />
    public Task InitializeGatewayListProvider() => membership.InitializeGatewayListProvider();

    /// <inheritdoc />
    public async Task<IList<Uri>> GetGateways()
    {
        var reading = BeginToRead();
        if (reading is not null && Used.Count == 0)
        {
            await reading.ConfigureAwait(false);
        }

        lock (_lock)
        {
            _served++;
            return _used;
        }
    }

    /// <summary>Called when something does not respond, perhaps because the membership has changed: the membership is
    /// read sooner.</summary>
    public void ReadSoon()
    {
        lock (_lock)
        {
            _isHurried = true;
        }
    }

    /// <summary>Whether a gateway is excluded and still a member.</summary>
    public bool IsExcluded(Uri gateway)
    {
        lock (_lock)
        {
            return _unresponsive.Contains(gateway);
        }
    }

    /// <summary>Excludes gateways. If no gateway would remain, those that were excluded before are used again, because
    /// they may have recovered.</summary>
    /// <returns>False if no other gateway exists, so that nothing changes.</returns>
    public bool TryExclude(IReadOnlyList<Uri> gateways)
    {
        lock (_lock)
        {
            if (!_used.Except(gateways).Any())
            {
                if (_unresponsive.Count == 0)
                {
                    return false;
                }

                _unresponsive.Clear();
            }

            _unresponsive.UnionWith(gateways);
            _unresponsive.IntersectWith(_known);
            Select();
            return true;
        }
    }

    /// <summary>Uses an excluded gateway again.</summary>
    public void Include(Uri gateway)
    {
        lock (_lock)
        {
            _unresponsive.Remove(gateway);
            Select();
        }
    }

    /// <summary>Waits until Orleans uses the current list: Orleans requests the list again only after it has applied
    /// the last one.</summary>
    public async Task WaitUntilAppliedAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var served = Volatile.Read(ref _served);
        while (Volatile.Read(ref _served) < served + 2 && time.GetElapsedTime(start) < ApplyLimit)
        {
            await Task.Delay(RefreshPeriod / 5, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Begins to read the membership if it is due.</summary>
    /// <returns>The read in progress; null: no read is in progress.</returns>
    private Task? BeginToRead()
    {
        lock (_lock)
        {
            var period = _used.Count == 0 ? TimeSpan.Zero : _isHurried ? HurriedReadPeriod : ReadPeriod;
            if (_reading is not { IsCompleted: false } && (_readAt == 0 || time.GetElapsedTime(_readAt) >= period))
            {
                _readAt = time.GetTimestamp();
                _isHurried = _unresponsive.Count > 0;
                _reading = Task.Run(ReadAsync);
                _reading.Ignore();
            }

            return _reading;
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            var gateways = await membership.GetGateways().ConfigureAwait(false);
            lock (_lock)
            {
                _isUnreadable = false;
                if (gateways.Count > 0)
                {
                    _known = gateways;
                    _unresponsive.IntersectWith(gateways);
                    Select();
                }
            }
        }
        catch (Exception exception)
        {
            if (Used.Count > 0 && !_isUnreadable)
            {
                _isUnreadable = true;
                logger.MembershipUnreadable(exception.Message);
            }

            throw;
        }
    }

    private void Select()
    {
        IList<Uri> used = [.. _known.Where(gateway => !_unresponsive.Contains(gateway))];
        _used = used.Count > 0 ? used : _known;
    }
}
