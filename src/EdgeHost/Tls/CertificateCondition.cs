namespace EdgeHost.Tls;

/// <summary>What is to be said of a certificate.</summary>
internal enum CertificateCondition
{
    Good,

    /// <summary>It ends soon.</summary>
    Expiring,

    Expired,

    NotYetValid,

    /// <summary>It names no host: of use only where none is asked for.</summary>
    Nameless,

    /// <summary>Its files can't be used; the last good one stays in force, if there has been one.</summary>
    Broken,

    /// <summary>No certificate that is meant to be presented: an authority's, or a key that lies there.</summary>
    Ignored,
}
