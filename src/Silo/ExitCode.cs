namespace CacheOrleans.Silo;

/// <summary>How the process ends, for whoever restarts it.</summary>
public enum ExitCode
{
    /// <summary>It was asked to stop, or its one-shot command is done.</summary>
    Success = 0,

    /// <summary>Something nobody foresaw; the error is printed in full.</summary>
    Unexpected = 1,

    /// <summary>The configuration is wrong, or an address cannot be listened on; a restart will not help.</summary>
    Configuration = 2,

    /// <summary>The membership Redis cannot be reached at start; a restart may help.</summary>
    MembershipUnreachable = 3,

    /// <summary>The silo vanished from the membership table while it ran; a restart makes it join again.</summary>
    LostFromMembership = 4,
}
