using EdgeHost.ControlContracts;
using EdgeHost.Modes;
using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.Management;

/// <summary>What an order says.</summary>
internal static class OverrideReading
{
    /// <summary>The mode and its end; or what is wrong with them.</summary>
    public static (OperatorMode Mode, DateTimeOffset? End, string? Fault) Read(OverrideRequest request, DateTimeOffset now)
    {
        var fault = !ModeNames.TryParse(request.Mode, out var mode) ? $"'{request.Mode}' is not a mode. Use auto, live, snapshot or maintenance."
            : request.ExpiresAt is not null && request.UntilRemoved == true ? "expiresAt and untilRemoved exclude each other."
            : request.ExpiresAt <= now ? $"expiresAt {request.ExpiresAt:O} has passed already; it is {now:O}."
            : null;
        var end = request.UntilRemoved == true ? (DateTimeOffset?)null : request.ExpiresAt?.ToUniversalTime() ?? now + ModeChange.DefaultDuration;
        return (mode, end, fault);
    }
}
