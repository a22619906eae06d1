using EdgeHost.ControlContracts;
using EdgeHost.Interlocks;
using EdgeHost.Modes;
using EdgeHost.Sites;
using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.Management;

/// <summary>Plans and changes in the words of the control API.</summary>
internal static class OverrideAnswers
{
    public static IResult Of(ModeChangeOutcome outcome)
    {
        var change = outcome.Plan.Change;
        var response = new OverrideResponse(change.Scope.ToString(), change.Mode?.Name(), change.ExpiresAt, outcome.Number, outcome.Before?.Mode.Name(), UndoOf(change.Scope, outcome.Before))
        {
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
            Sites = [.. plan.Effects.Select(effect => new PlannedSite(
                effect.Facts.Site,
                ModeOf(effect.Before, effect.Facts),
                ModeOf(effect.After, effect.Facts),
                [.. plan.Refusals.Where(refusal => refusal.Interlock != Interlock.TooManyUnavailable && refusal.Sites.Contains(effect.Facts.Site)).Select(refusal => refusal.Interlock.Name())]))],
        },
        ControlJson.Readable.PlanResponse);

    public static IReadOnlyList<RuleRefusal> RefusalsOf(IEnumerable<Refusal> refusals) =>
        [.. refusals.Select(refusal => new RuleRefusal(refusal.Interlock.Name(), refusal.Detail, refusal.Sites))];

    private static PlannedMode ModeOf(ModeInForce mode, SiteFacts facts) => new(mode.Mode.Name(), mode.Scope?.ToString(), facts.AnswerIn(mode.Mode));

    private static string UndoOf(OverrideScope scope, ModeOverride? before)
    {
        var path = $"/api/v1/overrides/{ScopePath.Of(scope.ToString())}";
        return before is null
            ? $"DELETE {path}{(scope.Kind == ScopeKind.Path ? '&' : '?')}actor=…&reason=…{(scope == OverrideScope.All ? "&confirm=all" : "")}"
            : $"PUT {path} {{\"mode\":\"{before.Mode.Name()}\",\"actor\":\"…\",\"reason\":\"…\",{(scope == OverrideScope.All ? "\"confirm\":\"all\"," : "")}{(before.ExpiresAt is { } end ? $"\"expiresAt\":\"{end:O}\"" : "\"untilRemoved\":true")}}}";
    }
}
