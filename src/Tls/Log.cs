using Microsoft.Extensions.Logging;

namespace CacheOrleans.Tls;

/// <summary>Everything this project logs; event ids 7000 to 7999.</summary>
internal static partial class Log
{
    [LoggerMessage(7001, LogLevel.Information,
        "New connections use the renewed certificate {Subject}, valid until {NotAfter:u}.")]
    public static partial void CertificateRenewed(this ILogger logger, string subject, DateTime notAfter);

    [LoggerMessage(7002, LogLevel.Warning,
        "{Why} New connections keep using the certificate that was read before.")]
    public static partial void CertificateUnreadable(this ILogger logger, string why);
}
