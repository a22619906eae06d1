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
            return new ExplainResponse { Method = method, Url = url.Text, Now = now, Target = TargetOf(address), Answer = ExplainedAnswers.Of(refusal) };
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
            Answer = ExplainedAnswers.Of(facts, decision, method, table.Options, now),
            ReturnedAnswer = others is { } returned && facts.DecideFor(returned) is var other && other != decision ? ExplainedAnswers.Of(facts, other, method, table.Options, now) : null,
            Target = TargetOf(address),
            Site = new ExplainedSite(site.IdText, site.Name, PatternOf(site, url.Authority).ToString(), site.Origin.Name, site.Groups),
            PathRule = new ExplainedRule(KebabCase.Of(facts.Rule), site.Rules.Find(address.Target.Path)?.Prefix),
            Overrides = ExplainedParts.Overrides(facts, local.State.InForceOn(local.Edge, now)),
            Scopes = ExplainedParts.Scopes(site, now),
            Content = ExplainedParts.Content(site, facts.Snapshot, now),
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

    private static string? TargetOf(RequestAddress address) => address.Target.Path is null ? null : address.Target.ToString();

    // As the table looks hosts up: the exact name before any one label.
    private static HostPattern PatternOf(Site site, string authority)
    {
        var host = HostName.Parse(authority).ToString();
        return site.Hosts.OrderBy(pattern => pattern.AnyLabel).First(pattern => pattern.Holds(host));
    }
}
