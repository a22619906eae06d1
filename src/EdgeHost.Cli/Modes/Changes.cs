using EdgeHost.ControlContracts;

namespace EdgeHost.Cli.Modes;

/// <summary>What there is to say of a change, whichever it was.</summary>
internal static class Changes
{
    public static string RecordOf(OverrideResponse done) =>
        $" ({(done.Number is { } number ? $"journal record {number}" : "on this edge alone; the journal is told when the store is there")}{(done.OverriddenRules is { } rules ? $", against {string.Join(", ", rules)}" : "")})";

    public static string UndoOf(OverrideResponse done)
    {
        var confirm = (done.Scope == "all" ? " --confirm all" : "") + (done.Local == true ? " --local" : "");
        return done.Before is null
            ? $"edgectl mode clear {done.Scope} --reason …{confirm}"
            : $"edgectl mode set {done.Scope} {done.Before} {(done.BeforeExpiresAt is { } end ? $"--until {end.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}" : "--until-removed")} --reason …{confirm}";
    }
}
