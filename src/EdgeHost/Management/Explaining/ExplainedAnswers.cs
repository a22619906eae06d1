using EdgeHost.ControlContracts;
using EdgeHost.Decisions;
using EdgeHost.Requests;
using EdgeHost.Sites;
using EdgeHost.SnapshotStore;

namespace EdgeHost.Management.Explaining;

/// <summary>What comes of a decision, in the words of the control API.</summary>
internal static class ExplainedAnswers
{
    public static ExplainedAnswer Of(in RequestFacts facts, Decision decision, string method, SiteTableOptions options, DateTimeOffset now)
    {
        var found = decision.Kind == DecisionKind.Snapshot ? facts.Found ?? facts.Snapshot!.NotFound : null;
        Decision? failed = decision.Kind == DecisionKind.Live ? decision.WhenFailed(facts.IsRead, facts.Coverage) : null;
        return new ExplainedAnswer
        {
            Kind = decision.Kind.Name(),
            Reason = decision.Reason.Name(),
            Scope = facts.DecidedBy,
            Header = HeaderOf(facts, decision),
            HeaderWhenFailed = failed is { } instead ? HeaderOf(facts, instead) : null,
            Admission = KebabCase.Of(decision.Admission),
            Rescue = decision.MayRescue(facts.IsRead, facts.Coverage),
            Status = decision.Kind == DecisionKind.Unavailable ? StatusCodes.Status503ServiceUnavailable : found?.Entry.Status,
            Words = AnswerWords.Of(facts, decision, method, options, now),
        };
    }

    public static ExplainedAnswer Of(RequestRefusal refusal) => new()
    {
        Kind = refusal.Decision.Kind.Name(),
        Reason = refusal.Reason.Name(),
        Header = EdgeHeaders.DecisionOf(refusal.Decision.Kind, refusal.Reason, null),
        Admission = KebabCase.Of(refusal.Decision.Admission),
        Rescue = false,
        Status = refusal.Status,
        Words = $"{refusal.Status}. {refusal.Problem}",
    };

    private static string HeaderOf(in RequestFacts facts, Decision decision) =>
        decision.Kind == DecisionKind.Snapshot && (facts.Found ?? facts.Snapshot!.NotFound) is { } answer
            ? answer.From.DecisionHeader(decision.Reason, facts.DecidedBy).ToString()
            : EdgeHeaders.DecisionOf(decision.Kind, decision.Reason, facts.DecidedBy);
}
