using System.Collections.Immutable;
using EdgeHost.ControlContracts;
using EdgeHost.Interlocks;
using EdgeHost.Modes;
using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.Management;

/// <summary>What an order says.</summary>
internal static class OverrideReading
{
    /// <summary>The change; or what is wrong with the order. Who and why are the caller's to look at.</summary>
    public static (ModeChange? Change, string Fault) Read(OverrideScope scope, OverrideRequest request, bool clears, DateTimeOffset now)
    {
        var mode = default(OperatorMode);
        var fault = clears ? WrongInEnding(request)
            : !ModeNames.TryParse(request.Mode, out mode) ? $"'{request.Mode}' is not a mode. Use auto, live, snapshot or maintenance."
            : request.ExpiresAt is not null && request.UntilRemoved == true ? "expiresAt and untilRemoved exclude each other."
            : request.ExpiresAt <= now ? $"expiresAt {request.ExpiresAt:O} has passed already; it is {now:O}."
            : null;
        var overrides = ImmutableArray.CreateBuilder<Interlock>();
        foreach (var name in request.OverrideRules ?? [])
        {
            if (!InterlockNames.TryParse(name, out var interlock))
            {
                fault ??= $"'{name}' is not a rule. Use {string.Join(", ", InterlockNames.All)}.";
            }

            overrides.Add(interlock);
        }

        return fault is not null
            ? (null, fault)
            : (new ModeChange(scope, clears ? null : mode, clears ? null : EndOf(request, now), request.Actor ?? "", request.Reason ?? "")
            {
                IsLocal = request.Local == true,
                Confirmed = request.Confirm,
                Overrides = overrides.ToImmutable(),
            }, "");
    }

    private static string? WrongInEnding(OverrideRequest request) =>
        request.Mode is null && request.ExpiresAt is null && request.UntilRemoved is null ? null : "What ends has no mode and no end of its own.";

    private static DateTimeOffset? EndOf(OverrideRequest request, DateTimeOffset now) =>
        request.UntilRemoved == true ? null : request.ExpiresAt?.ToUniversalTime() ?? now + ModeChange.DefaultDuration;
}
