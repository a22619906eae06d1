using EdgeHost.ControlContracts;
using EdgeHost.Following;
using EdgeHost.Modes;
using EdgeHost.Sites;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.Management;

/// <summary>Setting and ending modes. What is answered with 200 is in the journal: a restart and every other edge see it.</summary>
internal sealed class OverrideEndpoints(StoreView view, ModeLoop modes, SiteTableState tables, TimeProvider clock)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/overrides", () => Results.Json(List(), ControlJson.Readable.OverridesResponse));
        foreach (var route in OverrideRoute.All)
        {
            routes.MapPut($"/overrides/{route.Pattern}", (HttpRequest http, OverrideRequest request, CancellationToken cancel) => SetAsync(route, http, request, cancel));
            routes.MapDelete($"/overrides/{route.Pattern}", (HttpRequest http, string? actor, string? reason, CancellationToken cancel) => ClearAsync(route, http, actor, reason, cancel));
        }
    }

    private OverridesResponse List() => new([.. (view.Journals?.Ops.State ?? OpsState.Empty).Held(clock.GetUtcNow()).Order(Comparer<HeldOverride>.Create(Precedence.Compare)).Select(held => new OverrideStatus(
        held.Scope.ToString(), held.Override.Mode.Name(), held.Override.Actor, held.Override.Reason, held.Override.Since, held.Override.ExpiresAt))]);

    private async Task<IResult> SetAsync(OverrideRoute route, HttpRequest http, OverrideRequest request, CancellationToken cancellationToken)
    {
        if (route.ScopeOf(http) is not { } scope)
        {
            return OverrideRoute.Refuse(http);
        }

        if (OverrideRoute.UnknownOn(tables.Current, scope) is { } unknown)
        {
            return ManagementProblems.NotFound(unknown);
        }

        var (mode, end, fault) = OverrideReading.Read(request, clock.GetUtcNow());
        return fault is not null ? ManagementProblems.BadRequest(fault)
            : ManagementProblems.MissingWho(request.Actor, request.Reason) ?? await ChangeAsync(new ModeChange(scope, mode, end, request.Actor!, request.Reason!), cancellationToken);
    }

    private async Task<IResult> ClearAsync(OverrideRoute route, HttpRequest http, string? actor, string? reason, CancellationToken cancellationToken) =>
        route.ScopeOf(http) is not { } scope
            ? OverrideRoute.Refuse(http)
            : ManagementProblems.MissingWho(actor, reason) ?? await ChangeAsync(new ModeChange(scope, null, null, actor!, reason!), cancellationToken);

    private async Task<IResult> ChangeAsync(ModeChange change, CancellationToken cancellationToken)
    {
        ModeOverride? before = null;
        try
        {
            var record = await view.AppendAsync(
                state =>
                {
                    before = state.Find(change.Scope) is { } old && !old.HasExpired(clock.GetUtcNow()) ? old : null;
                    return change.ToRecord();
                },
                cancellationToken);
            modes.Apply();
            return Results.Json(
                new OverrideResponse(change.Scope.ToString(), change.Mode?.Name(), change.ExpiresAt, record!.Number, before?.Mode.Name(), Undo(change.Scope, before)),
                ControlJson.Readable.OverrideResponse);
        }
        catch (StoreException e)
        {
            return ManagementProblems.Store(e);
        }
    }

    private static string Undo(OverrideScope scope, ModeOverride? before)
    {
        var path = $"/api/v1/overrides/{OverrideRoute.PathOf(scope)}";
        return before is null
            ? $"DELETE {path}{(scope.Kind == ScopeKind.Path ? '&' : '?')}actor=…&reason=…"
            : $"PUT {path} {{\"mode\":\"{before.Mode.Name()}\",\"actor\":\"…\",\"reason\":\"…\",{(before.ExpiresAt is { } end ? $"\"expiresAt\":\"{end:O}\"" : "\"untilRemoved\":true")}}}";
    }
}
