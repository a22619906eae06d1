using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SystemTests.Exports;
using EdgeHost.SystemTests.Origins;

namespace EdgeHost.SystemTests.Loads;

/// <summary>Judges one answer of the edge: what it says it is, against the origin's own bytes and the store's.</summary>
internal sealed class AnswerCheck(StoredSnapshot stored, RecordingOrigin? origin)
{
    /// <summary>The kind, and for a wrong one what is wrong with it.</summary>
    public (AnswerKind Kind, string? Problem) Judge(string target, RawResponse answer)
    {
        if (answer.End == BodyEnd.Cut)
        {
            return (AnswerKind.CutAfterStart, null);
        }

        if (answer.End == BodyEnd.ByClose)
        {
            return (AnswerKind.Wrong, $"{target}: nobody can tell whether this body is whole: {answer}");
        }

        return answer.DecisionKind switch
        {
            "live" when origin is not null => ProblemOfLive(target, answer, origin) is { } problem ? (AnswerKind.Wrong, $"{target}: {problem}: {answer}") : (AnswerKind.Live, null),
            "snapshot" => ProblemOfSnapshot(target, answer) is { } problem ? (AnswerKind.Wrong, $"{target}: {problem}: {answer}") : (AnswerKind.Snapshot, null),
            var other => (AnswerKind.Wrong, $"{target}: decision '{other}': {answer}"),
        };
    }

    private string? ProblemOfLive(string target, RawResponse answer, RecordingOrigin origin) =>
        !origin.Saw(target, answer.Status, answer.Body) ? "marked as live, and the origin never gave that, whole"
        : HasNoEnd(answer) && stored.Find(target) is { } entry && !answer.Body.AsSpan().SequenceEqual(stored.Body(entry, ContentCoding.Identity)) ? "a live body that nothing ends, and not the one that was stored"
        : null;

    // A style sheet without a length that PHP was killed over looks like a whole one. These don't change while a test runs, so the stored copy tells.
    private static bool HasNoEnd(RawResponse answer) =>
        answer["Content-Length"] is null && answer["Content-Encoding"] is null && answer["Content-Type"] is { } type
        && !type.Contains("html", StringComparison.OrdinalIgnoreCase) && !type.Contains("xml", StringComparison.OrdinalIgnoreCase);

    private string? ProblemOfSnapshot(string target, RawResponse answer)
    {
        if (stored.Find(target) is not { } entry)
        {
            return "marked as snapshot, and the store has no such entry";
        }

        var coding = CodingOf(answer["Content-Encoding"]);
        return answer.Status != entry.Status ? $"the stored status is {entry.Status}"
            : answer["Content-Type"] != entry.ContentType ? $"the stored type is {entry.ContentType}"
            : answer["Location"] != entry.Location ? $"the stored location is {entry.Location}"
            : coding is null ? "an unknown content coding"
            : !answer.Body.AsSpan().SequenceEqual(Expected(entry, coding.Value)) ? $"not the stored bytes ({coding})"
            : answer["Cache-Status"]?.Contains("detail=snapshot", StringComparison.Ordinal) != true ? "its Cache-Status does not say so"
            : null;
    }

    private byte[] Expected(ManifestEntry entry, ContentCoding coding) => entry.Bodies.IsEmpty ? [] : stored.Body(entry, coding) ?? throw new InvalidDataException($"{entry.Key} is not stored in {coding}");

    private static ContentCoding? CodingOf(string? header) => header switch
    {
        null => ContentCoding.Identity,
        "gzip" => ContentCoding.Gzip,
        "br" => ContentCoding.Brotli,
        "zstd" => ContentCoding.Zstandard,
        _ => null,
    };
}
