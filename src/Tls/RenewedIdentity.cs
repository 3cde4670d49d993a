using Microsoft.Extensions.Logging;

namespace CacheOrleans.Tls;

/// <summary>Provides the certificates from the files, and reads them again while the process runs.</summary>
/// <remarks>Thread-safe. If the files cannot be read, the certificates that were read before stay in use.</remarks>
internal sealed class RenewedIdentity(TlsFiles files, TlsIdentity first, TimeProvider time, ILogger logger)
{
    /// <summary>How long files that were read are considered up to date.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private TlsIdentity _identity = first;
    private long _readAt = time.GetTimestamp();
    private bool _isUnreadable;

    /// <summary>The certificates for a connection that is being made now.</summary>
    public TlsIdentity Now
    {
        get
        {
            lock (_lock)
            {
                if (time.GetElapsedTime(_readAt) >= Period)
                {
                    _readAt = time.GetTimestamp();
                    Read();
                }

                return _identity;
            }
        }
    }

    private void Read()
    {
        try
        {
            if (files.ReadIfChanged() is { } renewed)
            {
                _identity = renewed;
                logger.CertificateRenewed(renewed.Certificate.Subject, renewed.Certificate.NotAfter.ToUniversalTime());
            }

            _isUnreadable = false;
        }
        catch (InvalidOperationException exception)
        {
            if (!_isUnreadable)
            {
                logger.CertificateUnreadable(exception.Message);
            }

            _isUnreadable = true;
        }
    }
}
