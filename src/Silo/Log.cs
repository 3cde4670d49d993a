namespace CacheOrleans.Silo;

/// <summary>The log messages of the host; event ids 3000 to 3999.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Critical,
        "This silo, {Silo}, was absent from the membership table in {Checks} checks in a row: the table was emptied or "
        + "replaced. The silo stops; restart it to let it join again.")]
    public static partial void LostFromMembership(ILogger logger, SiloAddress silo, int checks);

    [LoggerMessage(3001, LogLevel.Warning,
        "The membership table cannot be read; the silo continues with the members it knows. {Error}")]
    public static partial void MembershipUnreadable(ILogger logger, string error);

    [LoggerMessage(3002, LogLevel.Warning,
        "ConnectionStrings:Redis and ConnectionStrings:Membership share a server. Flushing the cache would empty the "
        + "membership table and split the cluster; give the membership a Redis of its own.")]
    public static partial void SharedRedis(ILogger logger);

    [LoggerMessage(3003, LogLevel.Error, "{Method} {Path} failed.")]
    public static partial void RequestFailed(ILogger logger, Exception exception, string method, string path);

    [LoggerMessage(3004, LogLevel.Warning, "{Method} {Path} was answered with {Status}: {Why} "
        + "Such responses since the last message like this: {Count}.")]
    public static partial void RequestNotServed(
        ILogger logger, string method, string path, int status, string why, long count);

    [LoggerMessage(3005, LogLevel.Information,
        "Cache '{Cache}' is being ended by {Actor}: all its values count as missing from now on.")]
    public static partial void CacheEnded(ILogger logger, string cache, string? actor);

    [LoggerMessage(3006, LogLevel.Information,
        "Tag '{Tag}' is being ended by {Actor}: all values with it count as missing from now on.")]
    public static partial void TagEnded(ILogger logger, string tag, string? actor);
}
