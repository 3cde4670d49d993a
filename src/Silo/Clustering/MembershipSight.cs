namespace CacheOrleans.Silo.Clustering;

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
