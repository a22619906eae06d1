using EdgeHost.Health;

namespace EdgeHost.Origins;

/// <summary>What one request allows the origin, and what was wrong with its answer. <see cref="OriginHandler"/> finds it on the request.</summary>
internal sealed class OriginCall
{
    public static readonly HttpRequestOptionsKey<OriginCall> Key = new("EdgeHost.OriginCall");

    /// <summary>How long the headers of the answer may take, with the first bytes of its body where <see cref="BodyTimeout"/> bounds that; infinite: only YARP's activity timeout holds.</summary>
    public TimeSpan HeadersTimeout { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>How long the body may stop after its first bytes, where the snapshot could answer as well. Zero: the body is passed on as it comes.</summary>
    public TimeSpan BodyTimeout { get; init; }

    /// <summary>Looks at the answer; null: nobody does.</summary>
    public IAnswerWatch? Watch { get; init; }

    /// <summary>The status of the snapshot's copy; 0 without one.</summary>
    public int CopyStatus { get; init; }

    /// <summary>
    /// Asks whether the snapshot's copy of this page ends in <c>&lt;/html&gt;</c>, so that a live one that doesn't was cut. Null: there is no copy.
    /// It is asked only when a body without a length ended without that tag.
    /// </summary>
    public Func<CancellationToken, ValueTask<bool>>? CopyEndsInHtml { get; init; }

    /// <summary>What was wrong with the origin's answer.</summary>
    public OriginFailure Failure { get; set; }
}
