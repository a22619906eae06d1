using EdgeHost.Decisions;
using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.Tests.Decisions;

public sealed class DecisionTests
{
    [Fact]
    public void Is_total_and_gives_a_snapshot_only_of_what_is_there_to_who_reads()
    {
        foreach (var (isRead, isExport, mode, rule, health, coverage) in All())
        {
            var decision = Decision.For(isRead, isExport, mode, rule, health, coverage);

            Assert.True(decision.Kind is DecisionKind.Live or DecisionKind.Snapshot or DecisionKind.Unavailable);
            Assert.True(Enum.IsDefined(decision.Reason));
            if (decision.Kind == DecisionKind.Snapshot)
            {
                Assert.True(isRead && !isExport && coverage is Coverage.Covered or Coverage.KnownMissing, $"{decision} for {isRead} {isExport} {mode} {health} {coverage}");
                Assert.True(coverage == Coverage.KnownMissing ? decision.Reason == DecisionReason.NotInSnapshot : decision.Reason is DecisionReason.OperatorForced or DecisionReason.OriginDown or DecisionReason.OriginReturning or DecisionReason.SnapshotFirst);
                Assert.False(IsNeverFromSnapshot(rule));
            }
        }
    }

    [Fact]
    public void Rescues_only_reads_of_covered_pages_that_nobody_wants_live()
    {
        foreach (var (isRead, isExport, mode, rule, health, coverage) in All())
        {
            var decision = Decision.For(isRead, isExport, mode, rule, health, coverage);
            if (decision.MayRescue(isRead, IsNeverFromSnapshot(rule) ? Coverage.Missing : coverage))
            {
                Assert.True(isRead && !isExport && !IsNeverFromSnapshot(rule) && mode == OperatorMode.Auto && coverage == Coverage.Covered && decision.Kind == DecisionKind.Live);
            }
        }

        Assert.True(new Decision(DecisionKind.Live, DecisionReason.OriginUsable).MayRescue(true, Coverage.Covered));
        Assert.False(new Decision(DecisionKind.Live, DecisionReason.OriginUsable).MayRescue(false, Coverage.Covered));
        Assert.False(new Decision(DecisionKind.Live, DecisionReason.OriginUsable).MayRescue(true, Coverage.Missing));
        Assert.False(new Decision(DecisionKind.Live, DecisionReason.OperatorForced).MayRescue(true, Coverage.Covered));
        Assert.False(new Decision(DecisionKind.Live, DecisionReason.ExportRequest).MayRescue(true, Coverage.Covered));
        Assert.False(new Decision(DecisionKind.Snapshot, DecisionReason.OriginUsable).MayRescue(true, Coverage.Covered));
    }

    [Theory]
    // The origin is well: it answers whatever is asked.
    [InlineData(true, "Auto", "Up", "Covered", "Live", "OriginUsable")]
    [InlineData(true, "Auto", "Up", "Missing", "Live", "OriginUsable")]
    [InlineData(true, "Auto", "Up", "NoSnapshot", "Live", "OriginUsable")]
    [InlineData(false, "Auto", "Up", "Covered", "Live", "OriginUsable")]
    // It is coming back: those whose turn it is get it, and what only it can answer goes first.
    [InlineData(true, "Auto", "Returning", "Covered", "Live", "OriginReturning")]
    [InlineData(false, "Auto", "Returning", "Covered", "Live", "OriginReturning")]
    [InlineData(true, "Auto", "Waiting", "Covered", "Snapshot", "OriginReturning")]
    [InlineData(true, "Auto", "Waiting", "Missing", "Live", "OriginReturning")]
    [InlineData(true, "Auto", "Waiting", "KnownMissing", "Live", "OriginReturning")]
    [InlineData(false, "Auto", "Waiting", "Covered", "Live", "OriginReturning")]
    // It fails: what only it can answer is tried.
    [InlineData(true, "Auto", "Ill", "Covered", "Snapshot", "OriginDown")]
    [InlineData(true, "Auto", "Ill", "Missing", "Live", "TryOnce")]
    [InlineData(true, "Auto", "Ill", "KnownMissing", "Live", "TryOnce")]
    // Without a snapshot there is nothing to turn to.
    [InlineData(true, "Auto", "Ill", "NoSnapshot", "Live", "OriginUsable")]
    [InlineData(false, "Auto", "Ill", "Covered", "Live", "TryOnce")]
    [InlineData(false, "Auto", "Ill", "NoSnapshot", "Live", "OriginUsable")]
    // It can't be reached: nothing is.
    [InlineData(true, "Auto", "Unreachable", "Covered", "Snapshot", "OriginDown")]
    [InlineData(true, "Auto", "Unreachable", "Missing", "Unavailable", "NotInSnapshot")]
    [InlineData(true, "Auto", "Unreachable", "KnownMissing", "Snapshot", "NotInSnapshot")]
    [InlineData(true, "Auto", "Unreachable", "NoSnapshot", "Unavailable", "NoSnapshot")]
    [InlineData(false, "Auto", "Unreachable", "Covered", "Unavailable", "NotReadable")]
    // An operator has decided, whatever the health.
    [InlineData(true, "Snapshot", "Up", "Covered", "Snapshot", "OperatorForced")]
    [InlineData(true, "Snapshot", "Ill", "Missing", "Unavailable", "NotInSnapshot")]
    [InlineData(false, "Snapshot", "Up", "Covered", "Unavailable", "NotReadable")]
    [InlineData(true, "Live", "Unreachable", "Covered", "Live", "OperatorForced")]
    [InlineData(false, "Live", "Ill", "NoSnapshot", "Live", "OperatorForced")]
    [InlineData(true, "Maintenance", "Up", "Covered", "Unavailable", "Maintenance")]
    [InlineData(false, "Maintenance", "Unreachable", "Missing", "Unavailable", "Maintenance")]
    public void Has_one_answer_to_each_case(bool isRead, string mode, string health, string coverage, string kind, string reason)
    {
        var decision = Decision.For(isRead, false, Enum.Parse<OperatorMode>(mode), PathRule.Default, Enum.Parse<OriginHealth>(health), Enum.Parse<Coverage>(coverage));

        Assert.Equal((Enum.Parse<DecisionKind>(kind), Enum.Parse<DecisionReason>(reason)), (decision.Kind, decision.Reason));
        Assert.Equal((kind, reason) switch { (_, "TryOnce") => Admission.Try, ("Live", "OriginReturning") => Admission.Return, _ => Admission.Free }, decision.Admission);
    }

    [Theory]
    // Never from a snapshot, whoever wants one.
    [InlineData(true, "Auto", "LiveOnly", "Up", "Live", "OriginUsable")]
    [InlineData(true, "Auto", "LiveOnly", "Ill", "Live", "TryOnce")]
    [InlineData(true, "Auto", "LiveOnly", "Waiting", "Live", "OriginReturning")]
    [InlineData(true, "Auto", "LiveOnly", "Unreachable", "Unavailable", "LiveOnlyPath")]
    [InlineData(false, "Auto", "LiveOnly", "Unreachable", "Unavailable", "LiveOnlyPath")]
    [InlineData(true, "Snapshot", "LiveOnly", "Up", "Live", "OriginUsable")]
    [InlineData(true, "Snapshot", "LiveOnly", "Unreachable", "Unavailable", "LiveOnlyPath")]
    [InlineData(true, "Maintenance", "LiveOnly", "Up", "Unavailable", "Maintenance")]
    // The same, and under maintenance; and where the origin can't be reached, it is tried.
    [InlineData(true, "Auto", "AlwaysLive", "Up", "Live", "OriginUsable")]
    [InlineData(true, "Auto", "AlwaysLive", "Ill", "Live", "TryOnce")]
    [InlineData(true, "Auto", "AlwaysLive", "Unreachable", "Live", "TryOnce")]
    [InlineData(false, "Snapshot", "AlwaysLive", "Unreachable", "Live", "TryOnce")]
    [InlineData(true, "Auto", "AlwaysLive", "Waiting", "Live", "OriginReturning")]
    [InlineData(true, "Auto", "AlwaysLive", "Returning", "Live", "OriginReturning")]
    [InlineData(true, "Snapshot", "AlwaysLive", "Up", "Live", "OriginUsable")]
    [InlineData(true, "Maintenance", "AlwaysLive", "Up", "Live", "OriginUsable")]
    [InlineData(true, "Live", "AlwaysLive", "Unreachable", "Live", "OperatorForced")]
    // From the snapshot, however well the origin is.
    [InlineData(true, "Auto", "SnapshotFirst", "Up", "Snapshot", "SnapshotFirst")]
    [InlineData(true, "Auto", "SnapshotFirst", "Unreachable", "Snapshot", "SnapshotFirst")]
    [InlineData(false, "Auto", "SnapshotFirst", "Up", "Live", "OriginUsable")]
    [InlineData(true, "Live", "SnapshotFirst", "Up", "Live", "OperatorForced")]
    [InlineData(true, "Snapshot", "SnapshotFirst", "Up", "Snapshot", "OperatorForced")]
    public void A_sites_rule_holds_between_the_operator_and_the_health(bool isRead, string mode, string rule, string health, string kind, string reason)
    {
        var decision = Decision.For(isRead, false, Enum.Parse<OperatorMode>(mode), Enum.Parse<PathRule>(rule), Enum.Parse<OriginHealth>(health), Coverage.Covered);

        Assert.Equal((Enum.Parse<DecisionKind>(kind), Enum.Parse<DecisionReason>(reason)), (decision.Kind, decision.Reason));
        Assert.Equal(rule == "AlwaysLive" && (reason is "TryOnce" or "OriginReturning"), decision.Admission == Admission.Challenge);
    }

    [Theory]
    [InlineData("Auto", "Up", "Live", "ExportRequest")]
    [InlineData("Auto", "Ill", "Live", "ExportRequest")]
    [InlineData("Auto", "Returning", "Live", "ExportRequest")]
    [InlineData("Auto", "Waiting", "Live", "ExportRequest")]
    [InlineData("Auto", "Unreachable", "Unavailable", "OriginDown")]
    [InlineData("Live", "Unreachable", "Live", "OperatorForced")]
    [InlineData("Snapshot", "Up", "Unavailable", "OperatorForced")]
    [InlineData("Maintenance", "Up", "Unavailable", "Maintenance")]
    public void The_exporters_mark_opens_nothing_that_is_closed_to_others(string mode, string health, string kind, string reason)
    {
        var decision = Decision.For(true, true, Enum.Parse<OperatorMode>(mode), PathRule.Default, Enum.Parse<OriginHealth>(health), Coverage.Covered);

        Assert.Equal((Enum.Parse<DecisionKind>(kind), Enum.Parse<DecisionReason>(reason)), (decision.Kind, decision.Reason));
        Assert.Equal((mode, health) switch { ("Auto", "Ill") => Admission.Try, ("Auto", "Returning" or "Waiting") => Admission.Return, _ => Admission.Free }, decision.Admission);
    }

    [Fact]
    public void Without_a_place_at_the_origin_nobody_who_reads_a_covered_page_goes_empty()
    {
        foreach (var (isRead, isExport, mode, rule, health, coverage) in All())
        {
            var decision = Decision.For(isRead, isExport, mode, rule, health, coverage);
            if (decision.Admission == Admission.Free)
            {
                continue;
            }

            // What is live-only has no entry: it is not looked for.
            var instead = decision.WithoutPlace(isRead, IsNeverFromSnapshot(rule) ? Coverage.Missing : coverage);
            Assert.Equal(isRead && !isExport && !IsNeverFromSnapshot(rule) && coverage == Coverage.Covered ? DecisionKind.Snapshot : DecisionKind.Unavailable, instead.Kind);
        }
    }

    [Fact]
    public void Its_words_are_the_documented_ones()
    {
        Assert.Equal(["live", "snapshot", "unavailable", "refused"], Enum.GetValues<DecisionKind>().Select(kind => kind.Name()));
        Assert.Equal(
            ["origin-usable", "export-request", "operator-forced", "maintenance", "snapshot-first", "origin-down", "live-only-path", "try-once", "origin-returning", "trickle", "rescue", "not-in-snapshot", "not-readable", "no-snapshot", "body-missing", "loop", "unknown-host", "misdirected", "bad-request", "edge-fault"],
            Enum.GetValues<DecisionReason>().Select(reason => reason.Name()));
    }

    private static bool IsNeverFromSnapshot(PathRule rule) => rule is PathRule.LiveOnly or PathRule.AlwaysLive;

    private static IEnumerable<(bool IsRead, bool IsExport, OperatorMode Mode, PathRule Rule, OriginHealth Health, Coverage Coverage)> All() =>
        from isRead in new[] { true, false }
        from isExport in new[] { true, false }
        from mode in Enum.GetValues<OperatorMode>()
        from rule in Enum.GetValues<PathRule>()
        from health in Enum.GetValues<OriginHealth>()
        from coverage in Enum.GetValues<Coverage>()
        select (isRead, isExport, mode, rule, health, coverage);
}
