using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EdgeHost.ControlContracts;

namespace EdgeHost.Cli.Edges;

/// <summary>What a command works with.</summary>
internal sealed record EdgeSession(ParseResult Arguments, ControlClient Edge, bool Json)
{
    public TextWriter Out => Arguments.InvocationConfiguration.Output;

    public TextWriter Error => Arguments.InvocationConfiguration.Error;

    /// <summary>Says what came of a request, in the form that was asked for, and with which code to end.</summary>
    /// <param name="answer">What came of it.</param>
    /// <param name="form">How it stands in JSON.</param>
    /// <param name="print">Says it to a person.</param>
    public async Task<int> EndAsync<T>(ControlAnswer<T> answer, JsonTypeInfo<T> form, Func<T, Task<int>> print)
        where T : class
    {
        if (answer.Unreachable is not null)
        {
            await Error.WriteLineAsync($"error: {answer.Unreachable}");
            return ExitCode.Unreachable;
        }

        if (answer.Problem is { } problem)
        {
            await SayAsync(problem);
            return problem.Status switch
            {
                400 or 404 => ExitCode.Usage,
                // The edge can't say whether the store has it.
                503 => ExitCode.Unreachable,
                _ => ExitCode.Refused,
            };
        }

        if (!Json)
        {
            return await print(answer.Value!);
        }

        await Out.WriteLineAsync(JsonSerializer.Serialize(answer.Value!, form));
        return answer.Value is PlanResponse { Refused: true } ? ExitCode.Refused : ExitCode.Done;
    }

    /// <summary>Each refusal, and how to override it.</summary>
    public static async Task SayAsync(TextWriter to, IEnumerable<RuleRefusal> refusals)
    {
        foreach (var refusal in refusals)
        {
            await to.WriteLineAsync($"refused by {refusal.Rule}: {refusal.Detail}");
            await to.WriteLineAsync($"  if it is meant: {(refusal.Rule == "scope-not-typed" ? "--confirm all" : $"--override-rule {refusal.Rule}")}{(refusal.Sites.Count == 0 ? "" : $"   (sites: {string.Join(", ", refusal.Sites.Take(20))}{(refusal.Sites.Count > 20 ? ", …" : "")})")}");
        }
    }

    private async Task SayAsync(Problem problem)
    {
        if (Json)
        {
            await Out.WriteLineAsync(JsonSerializer.Serialize(problem, ControlJson.Readable.Problem));
        }
        else if (problem.Refusals is { } refusals)
        {
            await SayAsync(Error, refusals);
        }
        else
        {
            await Error.WriteLineAsync($"error: {problem.Title} ({problem.Status}): {problem.Detail}");
        }
    }
}
