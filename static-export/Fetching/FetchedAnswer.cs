using System.Collections.Immutable;
using StaticExport.Capturing;

namespace StaticExport.Fetching;

/// <summary>A whole answer of the origin.</summary>
internal sealed record FetchedAnswer
{
    public required int Status { get; init; }

    public string? ContentType { get; init; }

    public string? Location { get; init; }

    public DateTimeOffset? LastModified { get; init; }

    /// <summary>Those that a snapshot keeps, by lower-case name.</summary>
    public ImmutableSortedDictionary<string, string> Headers { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public SpooledBody? Body { get; init; }

    public required DateTimeOffset CapturedAt { get; init; }

    /// <summary>Only the connection's end ended the body (RFC 9112 §6.3, case 8): if the origin died at it, nothing shows that.</summary>
    public bool IsCloseDelimited { get; init; }

    /// <summary>What the answer says against being shared: <c>private</c>, <c>no-store</c>, <c>Vary: Cookie</c>. It is recorded all the same: the exporter has no session.</summary>
    public string? Reservation { get; init; }

    /// <summary>Headers that a snapshot would keep and that can't be repeated, because of their characters.</summary>
    public ImmutableArray<string> Refused { get; init; } = [];

    public bool IsRedirect => Status is 301 or 302 or 303 or 307 or 308;
}
