using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using EdgeHost.ControlContracts;

namespace EdgeHost.Cli.Modes;

/// <summary>A mode and how long it holds.</summary>
internal sealed partial class ModeOptions(TimeProvider clock)
{
    public Argument<string?> Mode { get; } = new("MODE") { Description = "auto (by health), live (always the origin), snapshot (never the origin) or maintenance (503)." };

    private readonly Option<TimeSpan?> duration = new("--for")
    {
        Description = "How long, such as 90s, 30m, 4h or 2d. Default: 4h.",
        HelpName = "TIME",
        CustomParser = result =>
        {
            if (Form().Match(result.Tokens[0].Value) is { Success: true } found && int.TryParse(found.Groups[1].Value, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= 10_000)
            {
                return found.Groups[2].Value switch
                {
                    "s" => TimeSpan.FromSeconds(count),
                    "m" => TimeSpan.FromMinutes(count),
                    "h" => TimeSpan.FromHours(count),
                    _ => TimeSpan.FromDays(count),
                };
            }

            result.AddError($"'{result.Tokens[0].Value}' is not a time such as 90s, 30m, 4h or 2d.");
            return null;
        },
    };

    private readonly Option<DateTimeOffset?> end = new("--until")
    {
        Description = "When it ends, with its zone, such as 2026-01-31T18:00Z or 2026-01-31T19:00+01:00.",
        HelpName = "TIME",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            // Without a zone it would be the machine's, and all that is shown is in UTC.
            if (WithZone().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var time))
            {
                return time;
            }

            result.AddError($"'{text}' is not a time with its zone, such as 2026-01-31T18:00Z.");
            return null;
        },
    };

    private readonly Option<bool> untilRemoved = new("--until-removed") { Description = "It ends only when somebody ends it." };

    public void AddTo(Command command)
    {
        command.Arguments.Add(Mode);
        foreach (var option in (Option[])[duration, end, untilRemoved])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (new Option[] { duration, end, untilRemoved }.Count(option => result.GetResult(option) is { Implicit: false }) > 1)
            {
                result.AddError("--for, --until and --until-removed exclude each other.");
            }
        });
    }

    public PlanRequest Read(PlanRequest request, ParseResult arguments) => request with
    {
        Mode = arguments.GetValue(Mode),
        ExpiresAt = arguments.GetValue(duration) is { } time ? clock.GetUtcNow() + time : arguments.GetValue(end),
        UntilRemoved = arguments.GetValue(untilRemoved) ? true : null,
    };

    [GeneratedRegex("(Z|[+-][0-9]{2}:[0-9]{2})\\z")]
    private static partial Regex WithZone();

    [GeneratedRegex("^([0-9]{1,5})([smhd])\\z")]
    private static partial Regex Form();
}
