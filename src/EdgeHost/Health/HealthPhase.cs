namespace EdgeHost.Health;

/// <summary>Where an origin, or one site on it, is on the way from the platform to the snapshot and back. docs/switching.md draws it.</summary>
internal enum HealthPhase
{
    /// <summary>The platform answers.</summary>
    Live,

    /// <summary>It has failed, and whether it is ill is being found out. It is asked as before; what fails is rescued.</summary>
    Suspect,

    /// <summary>It is ill. Snapshots answer, and probes watch for its return.</summary>
    Snapshot,

    /// <summary>It seems well again and gets a growing share of the visitors; the first regression ends that.</summary>
    Recovering,
}
