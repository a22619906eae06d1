using EdgeHost.ControlContracts;
using EdgeHost.Interlocks;
using EdgeHost.Modes;
using EdgeHost.SnapshotStore;

namespace EdgeHost.Management;

/// <summary>Refusals that say what to do.</summary>
internal static class ManagementProblems
{
    public static IResult BadRequest(string detail) => Of(StatusCodes.Status400BadRequest, "Bad request", detail);

    /// <summary>A body that is no JSON, or holds what nobody asks for: a misspelt <c>expiresAt</c> must not become a mode that never ends.</summary>
    public static IResult Unreadable(BadHttpRequestException e) => Of(e.StatusCode, "Bad request", $"{e.Message} {e.InnerException?.Message}".TrimEnd());

    public static IResult NotFound(string detail) => Of(StatusCodes.Status404NotFound, "Not found", detail);

    public static IResult Unauthorized(string place) => Of(
        StatusCodes.Status401Unauthorized, "Unauthorized", $"Send 'Authorization: Bearer TOKEN' with the token of {place}; edgectl takes it by --token-file or EDGECTL_TOKEN.");

    public static IResult Store(StoreException e) => e.Failure switch
    {
        StoreFailure.Unreachable => Of(StatusCodes.Status503ServiceUnavailable, "The store can't be reached", $"{e.Message} It is not certain whether the change is in the journal: 'edgectl mode list' (GET /api/v1/overrides) shows it when the store is back. For this edge alone a mode can be set without it: --local (\"local\":true)."),
        StoreFailure.Denied => Of(StatusCodes.Status503ServiceUnavailable, "The store denies it", $"{e.Message} Nothing was changed."),
        _ => Of(StatusCodes.Status409Conflict, "The store is not as it should be", $"{e.Message} Nothing was changed."),
    };

    /// <summary>Rules refuse it; the answer names them as the next request may name them.</summary>
    public static IResult Refused(ModePlan plan)
    {
        var refusals = OverrideAnswers.RefusalsOf(plan.Standing);
        var problem = new Problem(
            StatusCodes.Status409Conflict,
            "Refused by a rule",
            $"{string.Join(' ', refusals.Select(refusal => $"{refusal.Rule}: {refusal.Detail}"))} Nothing was changed. If it is meant, send it again with the member 'overrideRules' of this answer.")
        {
            Refusals = refusals,
            OverrideRules = [.. plan.Change.Overrides.Select(interlock => interlock.Name()).Concat(refusals.Select(refusal => refusal.Rule)).Distinct()],
        };
        return Results.Json(problem, ControlJson.Readable.Problem, contentType: "application/problem+json", statusCode: problem.Status);
    }

    /// <summary>Who and why belong to every change. Null when both are there.</summary>
    public static IResult? MissingWho(string? actor, string? reason) => (actor, reason) switch
    {
        (null or "" or { Length: > 200 }, _) => BadRequest("actor is missing or too long: say who you are, in 1 to 200 characters."),
        (_, null or "" or { Length: > 500 }) => BadRequest("reason is missing or too long: say why, in 1 to 500 characters; the journal keeps it."),
        _ => null,
    };

    private static IResult Of(int status, string title, string detail) =>
        Results.Json(new Problem(status, title, detail), ControlJson.Readable.Problem, contentType: "application/problem+json", statusCode: status);
}
