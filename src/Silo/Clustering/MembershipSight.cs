namespace CacheOrleans.Silo.Clustering;

/// <summary>What a silo sees when it looks for itself in the membership table.</summary>
internal enum MembershipSight
{
    /// <summary>Its row is there.</summary>
    Present,

    /// <summary>The table was read, and its row is not there.</summary>
    Absent,

    /// <summary>The table could not be read.</summary>
    Unknown,
}
