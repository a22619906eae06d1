using System.Net;
using EdgeHost.Clients;
using EdgeHost.ControlContracts;
using EdgeHost.Decisions;
using EdgeHost.Modes;
using EdgeHost.Requests;
using EdgeHost.Sites;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.Management.Explaining;

/// <summary>
/// Follows a request that nobody sends through what real ones go through, up to the decision: <see cref="RequestAddress"/> and <see cref="RequestFacts"/>.
/// It takes no place, no token and no turn to find out, and is no evidence of anything.
/// </summary>
internal sealed class Explainer(SiteTableState tables, LocalModes local, TimeProvider clock)
{
    /// <param name="url">What is asked for.</param>
    /// <param name="method">How.</param>
    /// <param name="visitor">By whom; null: nobody in particular.</param>
    public ExplainResponse Explain(ExplainedUrl url, string method, IPAddress? visitor)
    {
        var (table, now) = (tables.Current, clock.GetUtcNow());
        var address = RequestAddress.Of(table, url.Text, url.Authority);
        if (address.Refusal is { } refusal)
        {
            return new ExplainResponse { Method = method, Url = url.Text, Now = now, Target = TargetOf(address), Answer = Refused(refusal) };
        }

        var site = address.Site!;
        var facts = RequestFacts.Read(site, address.Target, url.Authority, new ClientAddress(visitor, url.Scheme, ""), method, clock);
        var (health, others) = Healths(site, facts, visitor);
        var decision = facts.DecideFor(health);
        return new ExplainResponse
        {
            Method = method,
            Url = url.Text,
            Now = now,
            Answer = AnswerOf(facts, decision, method, table, now),
            ReturnedAnswer = others is { } returned && facts.DecideFor(returned) is var other && other != decision ? AnswerOf(facts, other, method, table, now) : null,
            Target = TargetOf(address),
            Site = new ExplainedSite(site.IdText, site.Name, PatternOf(site, url.Authority).ToString(), site.Origin.Name, site.Groups),
            PathRule = new ExplainedRule(KebabCase.Of(facts.Rule), site.Rules.Find(address.Target.Path)?.Prefix),
            Overrides = ExplainedParts.Overrides(facts, local.State.InForceOn(local.Edge, now)),
            Scopes = ExplainedParts.Scopes(site, now),
            Visitor = ExplainedParts.Visitor(facts, health, visitor),
            Snapshot = ExplainedParts.Snapshot(facts, now),
        };
    }

    // While the origin returns and nobody is named there are two answers: for those who wait, and for those whose turn has come.
    private static (OriginHealth Health, OriginHealth? Others) Healths(Site site, in RequestFacts facts, IPAddress? visitor)
    {
        var health = site.HealthFor(facts.Client);
        return visitor is not null || health is not (OriginHealth.Returning or OriginHealth.Waiting) ? (health, null)
            : site.LivePercent == 100 ? (OriginHealth.Returning, null)
            : (OriginHealth.Waiting, OriginHealth.Returning);
    }

    private static ExplainedAnswer AnswerOf(in RequestFacts facts, Decision decision, string method, SiteTable table, DateTimeOffset now)
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
            Words = AnswerWords.Of(facts, decision, method, table.Options, now),
        };
    }

    private static string HeaderOf(in RequestFacts facts, Decision decision) =>
        decision.Kind == DecisionKind.Snapshot && (facts.Found ?? facts.Snapshot!.NotFound) is { } answer
            ? answer.From.DecisionHeader(decision.Reason, facts.DecidedBy).ToString()
            : EdgeHeaders.DecisionOf(decision.Kind, decision.Reason, facts.DecidedBy);

    private static ExplainedAnswer Refused(RequestRefusal refusal) => new()
    {
        Kind = refusal.Decision.Kind.Name(),
        Reason = refusal.Reason.Name(),
        Header = EdgeHeaders.DecisionOf(refusal.Decision.Kind, refusal.Reason, null),
        Admission = KebabCase.Of(refusal.Decision.Admission),
        Rescue = false,
        Status = refusal.Status,
        Words = $"{refusal.Status}. {refusal.Problem}",
    };

    private static string? TargetOf(RequestAddress address) => address.Target.Path is null ? null : address.Target.ToString();

    // As the table looks hosts up: the exact name before any one label.
    private static HostPattern PatternOf(Site site, string authority)
    {
        var host = HostName.Parse(authority).ToString();
        return site.Hosts.OrderBy(pattern => pattern.AnyLabel).First(pattern => (pattern.AnyLabel ? host[(host.IndexOf('.', StringComparison.Ordinal) + 1)..] : host) == pattern.Name.ToString());
    }
}
