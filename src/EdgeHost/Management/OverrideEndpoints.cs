using System.Collections.Frozen;
using EdgeHost.ControlContracts;
using EdgeHost.Following;
using EdgeHost.Modes;
using EdgeHost.Sites;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Operating;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.Management;

/// <summary>Setting and ending modes. What is answered with 200 is in the journal: a restart and every other edge see it.</summary>
internal sealed class OverrideEndpoints(StoreView view, ModeLoop modes, SiteTableState tables, TimeProvider clock)
{
    // Not Enum.Parse: that takes numbers, and sums of names.
    private static readonly FrozenDictionary<string, OperatorMode> Words = Enum.GetValues<OperatorMode>().ToFrozenDictionary(Word, StringComparer.OrdinalIgnoreCase);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/overrides", () => Results.Json(List(), ControlJson.Readable.OverridesResponse));
        routes.MapPut("/overrides/all", (OverrideRequest request, CancellationToken cancel) => SetAsync(OverrideScope.All, request, cancel));
        routes.MapPut("/overrides/sites/{id}", (string id, OverrideRequest request, CancellationToken cancel) => Known(id) is { } site
            ? SetAsync(OverrideScope.Of(site), request, cancel)
            : Task.FromResult(NoSuchSite(id)));
        routes.MapDelete("/overrides/all", (string? actor, string? reason, CancellationToken cancel) => ClearAsync(OverrideScope.All, actor, reason, cancel));
        routes.MapDelete("/overrides/sites/{id}", (string id, string? actor, string? reason, CancellationToken cancel) => SiteId.TryParse(id, out var site)
            ? ClearAsync(OverrideScope.Of(site), actor, reason, cancel)
            : Task.FromResult(NoSuchSite(id)));
    }

    private OverridesResponse List()
    {
        var now = clock.GetUtcNow();
        var overrides = view.Journals?.Ops.State.Overrides ?? OpsState.Empty.Overrides;
        return new OverridesResponse([.. overrides
            .Where(pair => !pair.Value.HasExpired(now))
            .Select(pair => new OverrideStatus(pair.Key, Word(pair.Value.Mode), pair.Value.Actor, pair.Value.Reason, pair.Value.Since, pair.Value.ExpiresAt))]);
    }

    private async Task<IResult> SetAsync(OverrideScope scope, OverrideRequest request, CancellationToken cancellationToken)
    {
        if (!Words.TryGetValue(request.Mode ?? "", out var mode))
        {
            return ManagementProblems.BadRequest($"'{request.Mode}' is not a mode. Use auto, live, snapshot or maintenance.");
        }

        if (ManagementProblems.MissingWho(request.Actor, request.Reason) is { } missing)
        {
            return missing;
        }

        if (request.ExpiresAt <= clock.GetUtcNow())
        {
            return ManagementProblems.BadRequest($"expiresAt {request.ExpiresAt:O} has passed already; it is {clock.GetUtcNow():O}.");
        }

        return await AppendAsync(scope, Word(mode), _ => OpsRecords.ModeSet(scope, mode, request.ExpiresAt?.ToUniversalTime(), request.Actor!, request.Reason!), cancellationToken);
    }

    private async Task<IResult> ClearAsync(OverrideScope scope, string? actor, string? reason, CancellationToken cancellationToken) =>
        ManagementProblems.MissingWho(actor, reason)
        ?? await AppendAsync(scope, null, _ => OpsRecords.ModeCleared(scope, actor!, reason!), cancellationToken);

    private async Task<IResult> AppendAsync(OverrideScope scope, string? mode, Func<OpsState, RecordDraft> draft, CancellationToken cancellationToken)
    {
        ModeOverride? before = null;
        try
        {
            var record = await view.AppendAsync(
                state =>
                {
                    before = state.Overrides.TryGetValue(scope.ToString(), out var old) && !old.HasExpired(clock.GetUtcNow()) ? old : null;
                    return draft(state);
                },
                cancellationToken);
            modes.Apply();
            return Results.Json(new OverrideResponse(scope.ToString(), mode, record!.Number, before is null ? null : Word(before.Mode), Undo(scope, before)), ControlJson.Readable.OverrideResponse);
        }
        catch (StoreException e)
        {
            return ManagementProblems.Store(e);
        }
    }

    private static string Undo(OverrideScope scope, ModeOverride? before)
    {
        var path = scope == OverrideScope.All ? "all" : $"sites/{scope.ToString()["site:".Length..]}";
        return before is null
            ? $"DELETE /api/v1/overrides/{path}?actor=…&reason=…"
            : $"PUT /api/v1/overrides/{path} {{\"mode\":\"{Word(before.Mode)}\",\"actor\":\"…\",\"reason\":\"…\"{(before.ExpiresAt is { } end ? $",\"expiresAt\":\"{end:O}\"" : "")}}}";
    }

    private SiteId? Known(string id) => SiteId.TryParse(id, out var site) && tables.Current.Find(site) is not null ? site : null;

    private static IResult NoSuchSite(string id) => ManagementProblems.NotFound($"No site '{id}' is configured on this edge. GET /api/v1/sites lists those that are.");

    private static string Word(OperatorMode mode) => mode.ToString().ToLowerInvariant();
}
