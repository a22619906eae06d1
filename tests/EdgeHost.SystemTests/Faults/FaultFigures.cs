using EdgeHost.SystemTests.Faults.Platforms;
using EdgeHost.SystemTests.Faults.Visitors;

namespace EdgeHost.SystemTests.Faults;

/// <summary>The table of faults. Latencies in milliseconds: median/p99/longest.</summary>
internal static class FaultFigures
{
    public static string Row(Fault fault, TimeSpan? turned, VisitorLoad load, VisitorLoad steady)
    {
        var covered = load.Covered;
        string[] cells =
        [
            $"{fault}",
            $"turned after {(turned is { } after ? $"{after.TotalMilliseconds:0} ms" : "-")}",
            covered.Counts(),
            $"longest {covered.Longest.TotalMilliseconds:0}",
            .. Enum.GetValues<LoadPhase>().Select(phase => $"{phase} {covered.Latencies(phase)}"),
            $"steady {steady.Covered.Latencies(LoadPhase.Snapshot)}",
            $"uncovered {load.Uncovered.Counts()}, longest {load.Uncovered.Longest.TotalMilliseconds:0}",
        ];
        return $"| {string.Join(" | ", cells)} |";
    }
}
