namespace CacheOrleans.Client.Near;

/// <summary>What this process knows of the changes of one key; its copies and what is on the way share it.</summary>
/// <remarks>
/// <para>A copy counts while its stamp is not below <see cref="Floor"/>. Who reads or writes the key holds the key version
/// from before it asks until after it has stored what it got, so that a change that is told meanwhile finds the key version,
/// and an answer that it has overtaken does not become a copy.</para>
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

    /// <summary>The stamp below which nothing counts.</summary>
    public long Floor => Volatile.Read(ref _floor);

    /// <summary>Grows with every change that this process made or was told of.</summary>
    public long Changes => Volatile.Read(ref _changes);

    /// <summary>Holds the key version.</summary>
    /// <returns>False when it is out of use.</returns>
    public bool TryHold()
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

    /// <summary>Lets the key version go.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _holders--;
        }
    }

    /// <summary>How many changes of its own this process has ended.</summary>
    public long Writes => Volatile.Read(ref _writes);

    /// <summary>The owner told that nothing older than a stamp counts.</summary>
    public void Raise(long floor)
    {
        lock (_lock)
        {
            _changes++;
            _floor = Math.Max(_floor, floor);
        }
    }

    /// <summary>This process has changed the key: nothing that it got before counts.</summary>
    /// <remarks>The owner gave the change a stamp above all that it had answered with, so also above the copies here.
    /// </remarks>
    public void Cut()
    {
        lock (_lock)
        {
            _changes++;
            _writes++;
            _floor = Math.Max(_floor, _highest + 1);
        }
    }

    /// <summary>Asks to make a copy of what was got.</summary>
    /// <param name="writes"><see cref="Writes"/> when the read was sent.</param>
    /// <param name="stamp">The stamp of what was got.</param>
    /// <param name="until">Until when the copy is to count.</param>
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

    /// <summary>Takes the key version out of use when nobody holds it and none of its copies counts.</summary>
    public bool TryRetire(long now)
    {
        lock (_lock)
        {
            _isRetired = _isRetired || (_holders == 0 && now >= _copiesUntil);
            return _isRetired;
        }
    }
}
