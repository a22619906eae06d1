using System.Net;
using EdgeHost.Decisions;

namespace EdgeHost.AccessLogs;

/// <summary>One request, for one line of the access log. A value of references that exist anyway.</summary>
internal readonly record struct AccessRecord
{
    public required DateTimeOffset At { get; init; }

    public required TimeSpan Duration { get; init; }

    public required Decision Decision { get; init; }

    public required string Method { get; init; }

    public required string Target { get; init; }

    public required string Protocol { get; init; }

    public required int Status { get; init; }

    public string? Host { get; init; }

    public string? Site { get; init; }

    /// <summary>Where the mode was set that decided; null where no operator did.</summary>
    public string? Scope { get; init; }

    public string? Snapshot { get; init; }

    public IPAddress? Client { get; init; }

    public string? UserAgent { get; init; }

    /// <summary>What was wrong with the origin or with the request.</summary>
    public string? Problem { get; init; }

    /// <summary>Bytes of the body, where the length was known; -1 for a stream.</summary>
    public required long Size { get; init; }

    /// <summary>Of the connection that it came on; null where none are kept.</summary>
    public LineParts? Parts { get; init; }
}
