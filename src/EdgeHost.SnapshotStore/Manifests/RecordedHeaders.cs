using System.Collections.Frozen;

namespace EdgeHost.SnapshotStore.Manifests;

/// <summary>The response headers that a snapshot keeps, besides type, location and last-modified: those that a browser's handling of the page depends on.</summary>
/// <remarks>
/// Left out on purpose: <c>Set-Cookie</c> (a snapshot has no sessions), everything about one connection or one delivery (<c>Date</c>, <c>Age</c>, <c>Server</c>, <c>Transfer-Encoding</c>),
/// and what the edge decides itself (<c>Cache-Control</c>, <c>ETag</c>, <c>Vary</c>, <c>Content-Encoding</c>).
/// </remarks>
public static class RecordedHeaders
{
    private static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "content-language",
        "content-disposition",
        "content-location",
        "content-security-policy",
        "content-security-policy-report-only",
        "cross-origin-embedder-policy",
        "cross-origin-opener-policy",
        "cross-origin-resource-policy",
        "access-control-allow-origin",
        "link",
        "permissions-policy",
        "referrer-policy",
        "refresh",
        "retry-after",
        "service-worker-allowed",
        "sourcemap",
        "strict-transport-security",
        "timing-allow-origin",
        "x-content-type-options",
        "x-frame-options",
        "x-robots-tag",
        "x-ua-compatible");

    public static bool Keeps(string name) => Names.Contains(name);

    /// <summary>
    /// Whether a value may stand in a response: visible ASCII and spaces (RFC 9110 §5.5). A line break would let whoever can write to the store
    /// write the rest of the response, and other characters make Kestrel fail the request.
    /// </summary>
    public static bool CanSend(string value) => !value.AsSpan().ContainsAnyExceptInRange(' ', '~');
}
