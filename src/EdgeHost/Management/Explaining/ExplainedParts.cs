using System.Net;
using EdgeHost.Clients;
using EdgeHost.ControlContracts;
using EdgeHost.Decisions;
using EdgeHost.Health;
using EdgeHost.Requests;
using EdgeHost.Sites;
using EdgeHost.Snapshots;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.Management.Explaining;

/// <summary>What a decision is made of, in the words of the control API.</summary>
internal static class ExplainedParts
{
    /// <param name="facts">What was read.</param>
    /// <param name="held">The overrides that are in force on the edge.</param>
    public static IReadOnlyList<ExplainedOverride> Overrides(RequestFacts facts, IEnumerable<HeldOverride> held)
    {
        var wins = facts.Mode.Held;
        var effect = facts.DecidedBy is not null ? "decides" : facts.Mode.Mode == OperatorMode.Auto ? "auto" : "leaves-live-only";
        return [.. Precedence.Of(facts.Site.Scoped, held)
            .Where(one => one.Scope.Kind != ScopeKind.Path || one.Scope.CoversPath(facts.Target.Path))
            .Select(one => new ExplainedOverride(OverrideAnswers.Of(one), one == wins ? effect : "outranked"))];
    }

    public static IReadOnlyList<ExplainedScope> Scopes(Site site, DateTimeOffset now)
    {
        var (origin, own) = (site.Origin.Health, site.State.Health);
        var interval = site.Origin.Options.ProbeInterval;
        var above = Forecast(origin, interval, now);
        var below = Forecast(own, interval, now) with
        {
            AwaitsOrigin = above.Report.View is { Phase: HealthPhase.Snapshot, ByVerdict: false },
            IsBelowIll = above.Report.View.Phase is HealthPhase.Snapshot or HealthPhase.Recovering,
        };
        return [Of($"origin:{site.Origin.Name}", above), Of($"site:{site.IdText}", below)];
    }

    /// <param name="site">Whose it is.</param>
    /// <param name="snapshot">What the platform's answers are held against.</param>
    /// <param name="now">The time.</param>
    public static ExplainedContent? Content(Site site, SiteSnapshot? snapshot, DateTimeOffset now)
    {
        if (SiteReports.ToStatus(site.State.Content.Current) is not { } status)
        {
            return null;
        }

        var rules = site.State.Health.Rules;
        var enough = Math.Min(rules.LostPaths, snapshot?.DocumentCount ?? rules.LostPaths);
        var what = $"{status.LostPages} of {Words.Count(status.LookedPages, "page")} looked at {(status.LostPages == 1 ? "is" : "are")} answered with something else, last with {status.Received}.";
        return new ExplainedContent(status, status.Since is { } since
            ? $"Lost since {Words.At(since, now)}: {what} That turns no site alone: its origin turns when half of its sites with visitors have lost theirs, and at least two."
            : $"{what} It counts as lost at {Words.Count(enough, "page")}, the home page among them, once the edge has met it at {Words.Count(LostContent.OwnOf(rules, enough), "page")} itself, where those are {(int)Math.Round(rules.FallShare * 100)} % of what was looked at.");
    }

    public static ExplainedVisitor Visitor(in RequestFacts facts, OriginHealth health, IPAddress? visitor)
    {
        var percent = facts.Site.LivePercent;
        int? place = visitor is null ? null : VisitorShare.Of(facts.Client, facts.Site.IdText);
        var words = (health, place) switch
        {
            (OriginHealth.Returning or OriginHealth.Waiting, null) => $"{percent} of 100 visitors get the platform. Which, a client's address would tell.",
            (OriginHealth.Returning or OriginHealth.Waiting, { } at) => $"{percent} of 100 visitors get the platform, those at the places below {percent}. This one is at {at}, so its turn has {(health == OriginHealth.Returning ? "come" : "not come")}.",
            (_, null) => $"The origin is {KebabCase.Of(health)}, for all visitors alike.",
            (_, { } at) => $"The origin is {KebabCase.Of(health)}, for all visitors alike. In a return this one is at place {at} of 0 to 99.",
        };
        return new ExplainedVisitor(KebabCase.Of(health), percent, visitor?.ToString(), place, words);
    }

    public static ExplainedSnapshot Snapshot(in RequestFacts facts, DateTimeOffset now)
    {
        var isAsked = facts.Rule is not PathRule.LiveOnly and not PathRule.AlwaysLive;
        var snapshot = facts.Snapshot;
        var found = facts.Coverage == Coverage.KnownMissing && isAsked ? snapshot?.NotFound : facts.Found;
        var words = (isAsked, facts.Coverage) switch
        {
            (false, _) => $"It is not asked: the path is {KebabCase.Of(facts.Rule)}.",
            (_, Coverage.NoSnapshot) => "There is none of the site on this edge.",
            (_, Coverage.Covered) => $"It has {found!.Value.Entry.Key}: {AnswerWords.Of(found.Value.Entry, now)}{(found.Value.From == snapshot!.Label ? "" : $", kept of the earlier {found.Value.From.Id}")}.",
            (_, Coverage.KnownMissing) => "It doesn't hold this, and the site says that its snapshots are complete: its own 404 page is the answer.",
            _ => "It doesn't hold this, which may exist all the same.",
        };
        return new ExplainedSnapshot(isAsked ? KebabCase.Of(facts.Coverage) : "not-asked", words, snapshot?.Id, facts.Site.State.SnapshotProblem, found is { } entry ? Of(entry) : null);
    }

    private static ScopeForecast Forecast(HealthState health, TimeSpan interval, DateTimeOffset now) => new()
    {
        Report = health.Report(),
        Rules = health.Rules,
        ProbeInterval = interval,
        Now = now,
        IsProbeWrong = health.Trusted == ProbeTrust.Wrong,
    };

    private static ExplainedScope Of(string scope, ScopeForecast forecast) => new(scope, SiteReports.ToStatus(forecast.Report), forecast.Text);

    private static ExplainedEntry Of(FoundEntry found) => new(
        found.Entry.Key,
        found.Entry.Status,
        KebabCase.Of(found.Entry.Kind),
        found.Entry.ContentType,
        found.Entry.Location,
        found.Entry.Identity?.Length,
        found.Entry.CapturedAt,
        found.From.Id);
}
