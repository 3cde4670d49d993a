using Microsoft.Extensions.Logging;
using Orleans.Messaging;

namespace CacheOrleans.Client.Connection;

/// <summary>The gateways that Orleans uses: those of the membership as it was read last, without those that are
/// silent.</summary>
/// <remarks>The membership is read in the background, so that Orleans learns of a silent gateway also while the
/// membership's Redis is silent. Thread-safe.</remarks>
internal sealed class GatewayList(IGatewayListProvider membership, TimeProvider time, ILogger<GatewayList> logger)
    : IGatewayListProvider
{
    /// <summary>How often Orleans asks.</summary>
    public static readonly TimeSpan RefreshPeriod = TimeSpan.FromMilliseconds(100);

    /// <summary>How often the membership is read.</summary>
    private static readonly TimeSpan ReadPeriod = TimeSpan.FromSeconds(5);

    /// <summary>How often it is read while something is silent.</summary>
    private static readonly TimeSpan HurriedReadPeriod = TimeSpan.FromSeconds(1);

    /// <summary>How long Orleans does without a gateway that refuses connections.</summary>
    private static readonly TimeSpan Staleness = TimeSpan.FromSeconds(10);

    /// <summary>How long a change may take to be taken up.</summary>
    private static readonly TimeSpan UptakeLimit = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly HashSet<Uri> _silent = [];
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
    [Obsolete("As Orleans says; it does not ask.")]
    public bool IsUpdatable => true;

    /// <summary>Those that are used.</summary>
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

    /// <summary>Something is silent, perhaps because the membership has changed.</summary>
    public void Hurry()
    {
        lock (_lock)
        {
            _isHurried = true;
        }
    }

    /// <summary>Whether a gateway is left out, and still there.</summary>
    public bool IsLeftOut(Uri gateway)
    {
        lock (_lock)
        {
            return _silent.Contains(gateway);
        }
    }

    /// <summary>Leaves gateways out. Where none would be left, those that were left out before are used again: they may
    /// be well by now.</summary>
    /// <returns>False: there is no other, so nothing changes.</returns>
    public bool TryLeaveOut(IReadOnlyList<Uri> gateways)
    {
        lock (_lock)
        {
            if (!_used.Except(gateways).Any())
            {
                if (_silent.Count == 0)
                {
                    return false;
                }

                _silent.Clear();
            }

            _silent.UnionWith(gateways);
            _silent.IntersectWith(_known);
            Select();
            return true;
        }
    }

    /// <summary>Uses a gateway again.</summary>
    public void TakeBack(Uri gateway)
    {
        lock (_lock)
        {
            _silent.Remove(gateway);
            Select();
        }
    }

    /// <summary>Waits until Orleans goes by the list as it is now: it asks again only when it does.</summary>
    public async Task TakenUpAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var served = Volatile.Read(ref _served);
        while (Volatile.Read(ref _served) < served + 2 && time.GetElapsedTime(start) < UptakeLimit)
        {
            await Task.Delay(RefreshPeriod / 5, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Begins to read the membership, if it is time to.</summary>
    /// <returns>The reading; null: there is none now.</returns>
    private Task? BeginToRead()
    {
        lock (_lock)
        {
            var period = _used.Count == 0 ? TimeSpan.Zero : _isHurried ? HurriedReadPeriod : ReadPeriod;
            if (_reading is not { IsCompleted: false } && (_readAt == 0 || time.GetElapsedTime(_readAt) >= period))
            {
                _readAt = time.GetTimestamp();
                _isHurried = _silent.Count > 0;
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
                    _silent.IntersectWith(gateways);
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
        IList<Uri> used = [.. _known.Where(gateway => !_silent.Contains(gateway))];
        _used = used.Count > 0 ? used : _known;
    }
}
