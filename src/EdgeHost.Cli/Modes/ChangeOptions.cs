using System.CommandLine;
using EdgeHost.ControlContracts;

namespace EdgeHost.Cli.Modes;

/// <summary>What every change of a mode says.</summary>
internal sealed class ChangeOptions
{
    public Argument<string> Scope { get; } = new("SCOPE")
    {
        Description = "all, origin:NAME, group:NAME, site:ID or site:ID/path. The narrowest that is set wins.",
        CustomParser = result =>
        {
            if (ScopePath.Of(result.Tokens[0].Value) is null)
            {
                result.AddError($"'{result.Tokens[0].Value}' is not a scope: use all, origin:NAME, group:NAME, site:ID or site:ID/path.");
            }

            return result.Tokens[0].Value;
        },
    };

    public Option<string?> Reason { get; } = new("--reason") { Description = "Why. It is kept in the journal.", HelpName = "TEXT" };

    public Option<string> Actor { get; } = new("--actor")
    {
        Description = "Who decides this, for the journal. Default: user@machine.",
        HelpName = "WHO",
        DefaultValueFactory = _ => $"{Environment.UserName}@{Environment.MachineName}",
    };

    public Option<string[]> OverrideRules { get; } = new("--override-rule") { Description = "A rule that may not refuse it; may stand several times. A refusal names the rule.", HelpName = "NAME" };

    public Option<string?> Confirm { get; } = new("--confirm") { Description = "For a change to all sites: all.", HelpName = "SCOPE" };

    public Option<bool> Local { get; } = new("--local") { Description = "For this edge alone. It needs no store." };

    public Option<bool> DryRun { get; } = new("--dry-run") { Description = "Shows what it would do, and does nothing." };

    public void AddTo(Command command)
    {
        command.Arguments.Add(Scope);
        foreach (var option in (Option[])[Reason, Actor, OverrideRules, Confirm, Local])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The request as far as it is the same for all changes.</summary>
    public PlanRequest Read(ParseResult arguments) => new()
    {
        Scope = arguments.GetRequiredValue(Scope),
        Reason = arguments.GetValue(Reason),
        Actor = arguments.GetValue(Actor),
        Confirm = arguments.GetValue(Confirm),
        Local = arguments.GetValue(Local) ? true : null,
        OverrideRules = arguments.GetValue(OverrideRules) is { Length: > 0 } rules ? rules : null,
    };
}
