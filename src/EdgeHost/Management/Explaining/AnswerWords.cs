using EdgeHost.Decisions;
using EdgeHost.Origins;
using EdgeHost.Requests;
using EdgeHost.Sites;
using EdgeHost.Snapshots;
using EdgeHost.SnapshotStore;

namespace EdgeHost.Management.Explaining;

/// <summary>What a visitor gets by a decision, in words.</summary>
internal static class AnswerWords
{
    public static string Of(in RequestFacts facts, Decision decision, string method, SiteTableOptions options, DateTimeOffset now) => decision.Kind switch
    {
        DecisionKind.Live => $"{Asked(facts, decision, options)} {IfItFails(facts, decision, method)}",
        DecisionKind.Snapshot => FromSnapshot(facts, decision, now),
        _ => $"503. {WhyUnavailable(decision.Reason, method)}",
    };

    /// <summary>An answer of a snapshot: <c>200 text/html, 1234 bytes, captured at …</c></summary>
    public static string Of(SnapshotEntry entry, DateTimeOffset now)
    {
        var size = entry.Identity is { } body ? $", {Words.Count((int)Math.Min(body.Length, int.MaxValue), "byte")}" : "";
        return $"{entry.Status}{After(" ", entry.ContentType)}{After(" to ", entry.Location)}{size}, captured {Words.At(entry.CapturedAt, now)}";
    }

    private static string? After(string before, string? value) => value is null ? null : $"{before}{value}";

    private static string Asked(in RequestFacts facts, Decision decision, SiteTableOptions options)
    {
        var instead = decision.WithoutPlace(facts.IsRead, facts.Coverage).Kind == DecisionKind.Snapshot ? "the snapshot's answer" : "503";
        return (decision.Admission, decision.Reason) switch
        {
            (Admission.Try, _) => $"One try at the platform, which seems ill: {Words.Of(options.Live.TryTimeout)} until the headers of its answer, and where one of {options.Live.MaxTries} places is free; else {instead}.",
            (Admission.Challenge, _) => $"One try at the platform, which is not well: {Words.Of(options.Live.TryTimeout)} until the headers of its answer, and where one of {Origin.MostChallenges} places for challenges is free; else {instead}.",
            (Admission.Return, _) => $"The platform's answer, within the {options.Switching.ReturnRate} requests a second that it gets while it returns; beyond those {instead}.",
            (_, DecisionReason.OperatorForced) => "The platform's answer, as an operator wants it, however the platform is.",
            _ => "The platform's answer.",
        };
    }

    private static string IfItFails(in RequestFacts facts, Decision decision, string method)
    {
        if (decision.MayRescue(facts.IsRead, facts.Coverage))
        {
            return $"Should it fail before it has begun, or take longer than {Words.Of(facts.Site.CoveredHeadersTimeout)}, the snapshot's answer instead.";
        }

        var why = decision.Reason == DecisionReason.OperatorForced ? "who forces the platform gets no rescue"
            : facts.Rule is PathRule.LiveOnly or PathRule.AlwaysLive ? $"the path is {KebabCase.Of(facts.Rule)}"
            : !facts.IsRead ? $"no snapshot can accept a {method}"
            : facts.Coverage == Coverage.NoSnapshot ? "there is no snapshot"
            : "the snapshot doesn't hold it";
        return $"Should it fail, the platform's own error, or a 503 where there is none: {why}.";
    }

    private static string FromSnapshot(in RequestFacts facts, Decision decision, DateTimeOffset now)
    {
        var what = facts.Found is { Entry: var entry } ? $"The snapshot's answer: {Of(entry, now)}." : "The site's own 404 page, out of the snapshot.";
        var why = decision.Reason switch
        {
            DecisionReason.OperatorForced => " The platform is not asked, as an operator wants it.",
            DecisionReason.SnapshotFirst => " The platform is not asked, as the site wants it here.",
            DecisionReason.OriginReturning => " The platform gets other visitors already; this one's turn has not come.",
            _ => " The platform is not asked.",
        };
        return what + (decision.MayTrickle && facts.Site.TrickleInterval is { } interval ? $" But one request at a time, and one in {Words.Of(interval)}, finds out how the platform is, and is rescued where it fails." : why);
    }

    private static string WhyUnavailable(DecisionReason reason, string method) => reason switch
    {
        DecisionReason.Maintenance => "The page of a site that is being worked on, as an operator wants it.",
        DecisionReason.NotReadable => $"No snapshot can accept a {method}. The visitor is told that nothing was received.",
        DecisionReason.NotInSnapshot => "A snapshot answers now, and it doesn't hold this.",
        DecisionReason.NoSnapshot => "There is no snapshot of the site on this edge.",
        DecisionReason.LiveOnlyPath => "The origin is down, and the path is live-only.",
        _ => "The origin is down.",
    };
}
