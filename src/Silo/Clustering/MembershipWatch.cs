namespace CacheOrleans.Silo.Clustering;

/// <summary>Decides when a silo has lost its membership: after several checks in a row that found it absent.</summary>
/// <remarks>A check that could not read the table changes nothing. The owner serializes access.</remarks>
internal sealed class MembershipWatch(int looks)
{
    private int _absent;

    /// <summary>Records the result of a check, and returns whether the silo has lost its membership.</summary>
    public bool Look(MembershipSight sight)
    {
        _absent = sight switch
        {
            MembershipSight.Present => 0,
            MembershipSight.Absent => _absent + 1,
            MembershipSight.Unknown => _absent,
            _ => throw new ArgumentOutOfRangeException(nameof(sight), sight, null),
        };
        return _absent >= looks;
    }
}

/// <summary>The result of one check in which a silo looks for its own row in the membership table.</summary>
internal enum MembershipSight
{
    /// <summary>The table has a row of the silo.</summary>
    Present,

    /// <summary>The table was read, and it has no row of the silo.</summary>
    Absent,

    /// <summary>The table could not be read.</summary>
    Unknown,
}
