namespace EdgeHost.Health;

/// <summary>What a failed probe is worth.</summary>
internal enum ProbeTrust
{
    Trusted,

    /// <summary>It is answered, and not as it expects: it may be the probe that is wrong. A few requests may find out.</summary>
    Doubted,

    /// <summary>It is a configuration error and proves nothing: the few requests that find out count in its place.</summary>
    Wrong,
}
