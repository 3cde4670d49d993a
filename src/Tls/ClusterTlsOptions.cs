namespace CacheOrleans.Tls;

/// <summary>The certificates that silos and clients show each other.</summary>
/// <remarks>Files are read again when connections are made, every ten seconds at most, so that a renewed certificate
/// needs no restart.</remarks>
public sealed class ClusterTlsOptions
{
    /// <summary>The configuration section these are read from, in silos and in clients.</summary>
    public const string SectionName = "Orleans:Tls";

    /// <summary>The file with this process's certificate: PEM, the certificate first and then its intermediates, or
    /// PFX.</summary>
    /// <value>The default value is <see langword="null"/>: connections are not encrypted.</value>
    public string? Certificate { get; set; }

    /// <summary>The file with the certificate's private key, in PEM.</summary>
    /// <value>The default value is <see langword="null"/>: the key is in the file of the certificate.</value>
    public string? Key { get; set; }

    /// <summary>The password of the PFX file, or of an encrypted private key.</summary>
    /// <value>The default value is <see langword="null"/>: there is none.</value>
    public string? Password { get; set; }

    /// <summary>The file with the certificates of the authorities that issue the cluster's certificates, in PEM. No
    /// other authority is trusted, and none of the system's.</summary>
    /// <value>Required with <see cref="Certificate"/>.</value>
    public string? Authority { get; set; }

    /// <summary>The DNS name that the certificate of every silo has among its alternative names. A certificate without
    /// it is a client's.</summary>
    /// <value>The default value is <c>cacheorleans-silo</c>. Clusters that share an authority need different names.
    /// </value>
    public string SiloName { get; set; } = "cacheorleans-silo";
}
