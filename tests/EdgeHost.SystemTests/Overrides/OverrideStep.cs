namespace EdgeHost.SystemTests.Overrides;

/// <summary>A mode on a scope, and what visitors see of it.</summary>
/// <param name="Path">Where the control API has the scope.</param>
/// <param name="Scope">What answers call it.</param>
/// <param name="Mode">The mode.</param>
internal sealed record OverrideStep(string Path, string Scope, string Mode)
{
    /// <summary>Nothing is set.</summary>
    public static OverrideStep None { get; } = new("", "", "auto");

    // snapshot; reason=operator-forced; snapshot=20260131t235959z-1a2b3c4d; captured=2026-01-31T23:59:59Z; scope=group:gold
    public bool IsShownBy(string decision) => Mode switch
    {
        "auto" => decision == "live; reason=origin-usable",
        "live" => decision == $"live; reason=operator-forced; scope={Scope}",
        "snapshot" => decision.StartsWith("snapshot; reason=operator-forced; ", StringComparison.Ordinal) && decision.EndsWith($"; scope={Scope}", StringComparison.Ordinal),
        _ => decision == $"unavailable; reason=maintenance; scope={Scope}",
    };

    public override string ToString() => $"{Scope} {Mode}";
}
