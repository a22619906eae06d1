using EdgeHost.ControlContracts;
using EdgeHost.Interlocks;
using EdgeHost.Modes;
using EdgeHost.Sites;
using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.Management;

/// <summary>Plans and changes in the words of the control API.</summary>
internal static class OverrideAnswers
{
    /// <param name="held">The override.</param>
    /// <param name="elsewhere">The id of the other edge that it holds on alone; null where it holds here.</param>
    public static OverrideStatus Of(HeldOverride held, string? elsewhere = null) =>
        new(held.Scope.ToString(), held.Override.Mode.Name(), held.Override.Actor, held.Override.Reason, held.Override.Since, held.Override.ExpiresAt)
        {
            Local = held.IsLocal && elsewhere is null ? true : null,
            Edge = elsewhere,
        };

    public static IResult Of(ModeChangeOutcome outcome)
    {
        var change = outcome.Plan.Change;
        var response = new OverrideResponse(change.Scope.ToString(), change.Mode?.Name(), change.ExpiresAt, outcome.Number, outcome.Before?.Mode.Name(), UndoOf(change, outcome.Before))
        {
            Local = change.IsLocal ? true : null,
            Warning = outcome.IsKept ? null : "The disk did not take it: a restart before the store is back would forget it.",
            BeforeExpiresAt = outcome.Before?.ExpiresAt,
            OverriddenRules = outcome.Plan.Overridden.Select(interlock => interlock.Name()).ToArray() is { Length: > 0 } overridden ? overridden : null,
        };
        return Results.Json(response, ControlJson.Readable.OverrideResponse);
    }

    public static IResult Of(ModePlan plan) => Results.Json(
        new PlanResponse
        {
            Scope = plan.Change.Scope.ToString(),
            Mode = plan.Change.Mode?.Name(),
            ExpiresAt = plan.Change.ExpiresAt,
            Refused = plan.IsRefused,
            Refusals = RefusalsOf(plan.Standing),
            OverriddenRules = [.. plan.Overridden.Select(interlock => interlock.Name())],
            Requests = new PlannedRequests(
                Math.Round(plan.TouchedPerSecond, 2),
                Math.Round(plan.RequestsPerSecond, 2),
                plan.RequestsPerSecond > 0 ? Math.Round(100 * plan.TouchedPerSecond / plan.RequestsPerSecond, 1) : null),
            Sites = [.. plan.Effects.Select(effect => new PlannedSite(
                effect.Facts.Site,
                ModeOf(effect.Before, effect.Facts),
                ModeOf(effect.After, effect.Facts),
                [.. plan.Refusals.Where(refusal => refusal.Interlock != Interlock.TooManyUnavailable && refusal.Sites.Contains(effect.Facts.Site)).Select(refusal => refusal.Interlock.Name())])
            { RequestsPerSecond = Math.Round(effect.RequestsPerSecond, 2) })],
        },
        ControlJson.Readable.PlanResponse);

    public static IReadOnlyList<RuleRefusal> RefusalsOf(IEnumerable<Refusal> refusals) =>
        [.. refusals.Select(refusal => new RuleRefusal(refusal.Interlock.Name(), refusal.Detail, refusal.Sites))];

    private static PlannedMode ModeOf(ModeInForce mode, SiteFacts facts) => new(mode.Mode.Name(), mode.Scope?.ToString(), facts.AnswerIn(mode.Mode));

    private static string UndoOf(ModeChange change, ModeOverride? before)
    {
        var (path, isAll) = ($"/api/v1/overrides/{ScopePath.Of(change.Scope.ToString())}", change.Scope == OverrideScope.All);
        return before is null
            ? $"DELETE {path}{(change.Scope.Kind == ScopeKind.Path ? '&' : '?')}actor=…&reason=…{(isAll ? "&confirm=all" : "")}{(change.IsLocal ? "&local=true" : "")}"
            : $"PUT {path} {{\"mode\":\"{before.Mode.Name()}\",\"actor\":\"…\",\"reason\":\"…\",{(isAll ? "\"confirm\":\"all\"," : "")}{(change.IsLocal ? "\"local\":true," : "")}{(before.ExpiresAt is { } end ? $"\"expiresAt\":\"{end:O}\"" : "\"untilRemoved\":true")}}}";
    }
}
