namespace CacheOrleans.Client.Near;

/// <summary>Tracks the changes of one key that this process knows of; the key's copies and pending reads share
/// it.</summary>
/// <remarks>
/// <para>A copy is valid while its stamp is not below <see cref="Floor"/>. A reader or writer of the key holds its
/// version from before it sends the request until after it has stored the result. A change that is announced in the
/// meantime therefore finds the version, and an outdated reply does not become a copy.</para>
/// <para>Thread-safe.</para>
/// </remarks>
internal sealed class KeyVersion
{
    private readonly Lock _lock = new();
    private long _floor;
    private long _highest;
    private long _writes;
    private long _changes;
    private int _holders;
    private long _copiesUntil = long.MinValue;
    private bool _isRetired;

    /// <summary>The stamp below which no value of the key is valid.</summary>
    public long Floor => Volatile.Read(ref _floor);

    /// <summary>Grows with every change that this process made or was notified of.</summary>
    public long Changes => Volatile.Read(ref _changes);

    /// <summary>Adds a holder.</summary>
    /// <returns>False if the version is retired.</returns>
    public bool TryAcquire()
    {
        lock (_lock)
        {
            if (_isRetired)
            {
                return false;
            }

            _holders++;
            return true;
        }
    }

    /// <summary>Removes a holder.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _holders--;
        }
    }

    /// <summary>The number of changes to the key that this process itself has completed.</summary>
    public long Writes => Volatile.Read(ref _writes);

    /// <summary>Called when the owner announces that no value with a stamp below the floor is valid.</summary>
    public void Raise(long floor)
    {
        lock (_lock)
        {
            _changes++;
            _floor = Math.Max(_floor, floor);
        }
    }

    /// <summary>Called when this process has changed the key: no value that it received before is valid.</summary>
    /// <remarks>The owner gave the change a stamp above all stamps that it had replied with, and therefore above those
    /// of the copies here.</remarks>
    public void OnChanged()
    {
        lock (_lock)
        {
            _changes++;
            _writes++;
            _floor = Math.Max(_floor, _highest + 1);
        }
    }

    /// <summary>Decides whether a received value may become a copy, and records the copy's stamp and end.</summary>
    /// <param name="writes"><see cref="Writes"/> when the read was sent.</param>
    /// <param name="stamp">The stamp of the value.</param>
    /// <param name="until">When the copy expires.</param>
    public bool TryKeep(long writes, long stamp, long until)
    {
        lock (_lock)
        {
            if (writes != _writes || stamp < _floor)
            {
                return false;
            }

            _highest = Math.Max(_highest, stamp);
            _copiesUntil = Math.Max(_copiesUntil, until);
            return true;
        }
    }

    /// <summary>Retires the version if it has no holder and none of its copies is valid.</summary>
    public bool TryRetire(long now)
    {
        lock (_lock)
        {
            _isRetired = _isRetired || (_holders == 0 && now >= _copiesUntil);
            return _isRetired;
        }
    }
}
