namespace CacheOrleans.Silo;

/// <summary>The exit code of the process, which tells its supervisor whether a restart may help.</summary>
public enum ExitCode
{
    /// <summary>The process was asked to stop, or its one-shot command is done.</summary>
    Success = 0,

    /// <summary>An unexpected error occurred; it is printed in full.</summary>
    Unexpected = 1,

    /// <summary>The configuration is wrong, or an address cannot be listened on; a restart will not help.</summary>
    Configuration = 2,

    /// <summary>The membership Redis cannot be reached at start; a restart may help.</summary>
    MembershipUnreachable = 3,

    /// <summary>The silo vanished from the membership table while it ran; a restart makes it join again.</summary>
    LostFromMembership = 4,
}
