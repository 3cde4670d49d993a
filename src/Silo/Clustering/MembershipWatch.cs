namespace CacheOrleans.Silo.Clustering;

/// <summary>Decides when a silo has lost its membership: after some looks in a row that found it absent.</summary>
/// <remarks>A look that could not read the table says nothing and changes nothing. Its owner serialises access.
/// </remarks>
internal sealed class MembershipWatch(int looks)
{
    private int _absent;

    /// <summary>Takes the result of a look; returns true when the silo is lost.</summary>
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
