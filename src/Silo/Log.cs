namespace CacheOrleans.Silo;

/// <summary>What the host logs; event ids 3000 to 3999.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Critical,
        "This silo, {Silo}, is absent from the membership table after {Looks} looks: the table was emptied or "
        + "replaced. It stops, so that a restart lets it join again.")]
    public static partial void LostFromMembership(ILogger logger, SiloAddress silo, int looks);

    [LoggerMessage(3001, LogLevel.Warning,
        "The membership table cannot be read; the silo goes on with the members it knows. {Error}")]
    public static partial void MembershipUnreadable(ILogger logger, string error);

    [LoggerMessage(3002, LogLevel.Warning,
        "ConnectionStrings:Redis and ConnectionStrings:Membership share a server. Flushing the cache would empty the "
        + "membership table and split the cluster; give the membership a Redis of its own.")]
    public static partial void SharedRedis(ILogger logger);

    [LoggerMessage(3003, LogLevel.Error, "{Method} {Path} failed.")]
    public static partial void RequestFailed(ILogger logger, Exception exception, string method, string path);

    [LoggerMessage(3004, LogLevel.Warning, "{Method} {Path} is answered {Status}: {Why} "
        + "Such answers since the last line like this: {Count}.")]
    public static partial void RequestUnserved(
        ILogger logger, string method, string path, int status, string why, long count);

    [LoggerMessage(3005, LogLevel.Information, "Cache '{Cache}' is being ended by {Actor}.")]
    public static partial void CacheEnded(ILogger logger, string cache, string? actor);

    [LoggerMessage(3006, LogLevel.Information, "Tag '{Tag}' is being ended by {Actor}.")]
    public static partial void TagEnded(ILogger logger, string tag, string? actor);
}
