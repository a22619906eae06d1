namespace EdgeHost.SnapshotStore.Targets;

/// <summary>Why a request target is refused.</summary>
public enum TargetError
{
    None,

    /// <summary>Does not start with <c>/</c>: neither origin-form nor absolute-form (RFC 9112 §3.2).</summary>
    NotAPath,

    /// <summary>Longer than <see cref="RequestTarget.MaxLength"/> characters.</summary>
    TooLong,

    /// <summary>A control character, a space, a non-ASCII character, a fragment or a backslash, raw or (control characters, NUL) percent-encoded.</summary>
    ForbiddenCharacter,

    /// <summary>A <c>%</c> in the path that no two hexadecimal digits follow.</summary>
    BadPercentEncoding,

    /// <summary>A <c>.</c> or <c>..</c> segment, however it is encoded or separated. User agents remove those before they send.</summary>
    DotSegment,
}
