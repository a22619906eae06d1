using EdgeHost.ControlContracts;
using EdgeHost.Modes;
using EdgeHost.Sites;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Operating;
using Microsoft.AspNetCore.Mvc;

namespace EdgeHost.Management;

/// <summary>Setting and ending modes, and asking what that would do.</summary>
internal sealed class OverrideEndpoints(LocalModes local, ModeChanges changes, SiteTableState tables, TimeProvider clock)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/overrides", () => Results.Json(List(), ControlJson.Readable.OverridesResponse));
        routes.MapPost("/overrides/plan", (PlanRequest request) => Plan(request));
        foreach (var route in OverrideRoute.All)
        {
            routes.MapPut($"/overrides/{route.Pattern}", (HttpRequest http, OverrideRequest request, CancellationToken cancel) => SetAsync(route, http, request, cancel));
            routes.MapDelete($"/overrides/{route.Pattern}", (HttpRequest http, string? actor, string? reason, string? confirm, string[]? overrideRules, [FromQuery(Name = "local")] bool? isLocal, CancellationToken cancel) =>
                ClearAsync(route, http, new OverrideRequest { Actor = actor, Reason = reason, Confirm = confirm, OverrideRules = overrideRules, Local = isLocal }, cancel));
        }
    }

    private OverridesResponse List()
    {
        var (state, now) = (local.State, clock.GetUtcNow());
        return new OverridesResponse([
            .. state.HeldOn(local.Edge, now).Concat(state.Held(now)).Order(Precedence.Order).Select(held => OverrideAnswers.Of(held)),
            .. state.HeldElsewhere(local.Edge, now).Select(other => OverrideAnswers.Of(other.Held, other.Edge)),
        ]);
    }

    private IResult Plan(PlanRequest request)
    {
        if (!OverrideScope.TryParse(request.Scope, out var scope))
        {
            return ManagementProblems.BadRequest($"'{request.Scope}' is not a scope. Use all, origin:NAME, group:NAME, site:ID or site:ID/path.");
        }

        if (OverrideRoute.UnknownOn(tables.Current, scope) is { } unknown)
        {
            return ManagementProblems.NotFound(unknown);
        }

        // Who and why are asked for when it is done.
        var (change, fault) = OverrideReading.Read(scope, request with { Actor = request.Actor ?? "", Reason = request.Reason ?? "" }, request.Clear == true, clock.GetUtcNow());
        return change is null ? ManagementProblems.BadRequest(fault) : OverrideAnswers.Of(changes.Plan(change));
    }

    private async Task<IResult> SetAsync(OverrideRoute route, HttpRequest http, OverrideRequest request, CancellationToken cancellationToken) =>
        route.ScopeOf(http) is not { } scope ? OverrideRoute.Refuse(http)
        : OverrideRoute.UnknownOn(tables.Current, scope) is { } unknown ? ManagementProblems.NotFound(unknown)
        : await ChangeAsync(scope, request, clears: false, cancellationToken);

    // Also of what is not configured any more.
    private async Task<IResult> ClearAsync(OverrideRoute route, HttpRequest http, OverrideRequest request, CancellationToken cancellationToken) =>
        route.ScopeOf(http) is { } scope ? await ChangeAsync(scope, request, clears: true, cancellationToken) : OverrideRoute.Refuse(http);

    private async Task<IResult> ChangeAsync(OverrideScope scope, OverrideRequest request, bool clears, CancellationToken cancellationToken)
    {
        var (change, fault) = OverrideReading.Read(scope, request, clears, clock.GetUtcNow());
        if (change is null)
        {
            return ManagementProblems.BadRequest(fault);
        }

        if (ManagementProblems.MissingWho(request.Actor, request.Reason) is { } missing)
        {
            return missing;
        }

        try
        {
            var outcome = await changes.MakeAsync(change, cancellationToken);
            return outcome.Plan.IsRefused ? ManagementProblems.Refused(outcome.Plan) : OverrideAnswers.Of(outcome);
        }
        catch (StoreException e)
        {
            return ManagementProblems.Store(e);
        }
    }
}
