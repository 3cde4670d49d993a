namespace CacheOrleans.Tls;

/// <summary>The certificates that silos and clients present to each other.</summary>
/// <remarks>The files are read again when connections are made, but at most every ten seconds, so that a renewed
/// certificate needs no restart.</remarks>
public sealed class ClusterTlsOptions
{
    /// <summary>The configuration section that these options are read from, in silos and in clients.</summary>
    public const string SectionName = "Orleans:Tls";

    /// <summary>The file with this process's certificate: PEM, the certificate first and then its intermediates, or
    /// PFX.</summary>
    /// <value>The default value is <see langword="null"/>: connections are not encrypted.</value>
    public string? Certificate { get; set; }

    /// <summary>The file with the certificate's private key, in PEM.</summary>
    /// <value>The default value is <see langword="null"/>: the key is in the file of the certificate.</value>
    public string? Key { get; set; }

    /// <summary>The password of the PFX file, or of an encrypted private key.</summary>
    /// <value>The default value is <see langword="null"/>: there is no password.</value>
    public string? Password { get; set; }

    /// <summary>The file with the certificates, in PEM, of the authorities that issue the cluster's certificates. No
    /// other authority is trusted, not even those of the system.</summary>
    /// <value>Required with <see cref="Certificate"/>.</value>
    public string? Authority { get; set; }

    /// <summary>The DNS name that every silo's certificate has among its alternative names. A certificate without this
    /// name is a client's.</summary>
    /// <value>The default value is <c>cacheorleans-silo</c>. Clusters that share an authority need different names.
    /// </value>
    public string SiloName { get; set; } = "cacheorleans-silo";
}
