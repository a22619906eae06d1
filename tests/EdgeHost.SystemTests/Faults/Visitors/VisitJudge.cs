using System.Text;
using EdgeHost.SystemTests.Faults.Platforms;

namespace EdgeHost.SystemTests.Faults.Visitors;

/// <summary>Holds an answer to a covered GET against the platform's own bytes and the exported ones.</summary>
internal static class VisitJudge
{
    private static readonly Fault[] Foreign = [Fault.LyingOk, .. FaultKinds.OfContent];

    public static (VisitKind Kind, string? Problem) Of(PlatformSite site, string path, RawResponse answer) => answer.DecisionKind switch
    {
        _ when answer.End == BodyEnd.Cut => (VisitKind.BrokenInBody, null),
        "live" when answer.Status == 200 && answer.Body.AsSpan().SequenceEqual(site.Live(path)) => (VisitKind.Live, null),
        "live" when Foreign.Any(fault => FaultAnswers.Is(fault, path, answer)) => (VisitKind.Foreign, null),
        "snapshot" when answer.Status == 200 && answer.Body.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(site.Exported[path])) => (VisitKind.Snapshot, null),
        "unavailable" when answer.Status == 503 => (VisitKind.Unavailable, $"{site.Host}{path}: {answer}"),
        _ => (VisitKind.Wrong, $"{site.Host}{path}: {answer}"),
    };
}
