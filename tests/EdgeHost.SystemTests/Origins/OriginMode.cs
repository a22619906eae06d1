namespace EdgeHost.SystemTests.Origins;

/// <summary>How <see cref="RecordingOrigin"/> treats a new connection.</summary>
internal enum OriginMode
{
    /// <summary>Every byte goes through in both directions.</summary>
    Pass,

    /// <summary>Accepted and read, and never answered.</summary>
    BlackHole,

    /// <summary>Each request is answered by 503.</summary>
    Answer503,
}
