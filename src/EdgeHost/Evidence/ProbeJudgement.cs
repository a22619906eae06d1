using EdgeHost.Health;
using EdgeHost.Sites;

namespace EdgeHost.Evidence;

/// <summary>
/// Whether a failed probe says something about the site or about the probe. A wrong health path has taken a whole production down before; it must not take a website off its platform.
/// </summary>
internal static class ProbeJudgement
{
    // In a row, until a probe that was wrong is believed again: one that passes now and then would be a configuration error now and then.
    private const int PassesToTrust = 3;

    /// <summary>The report of a probe, by the one before it.</summary>
    /// <param name="last">The report before; null for the first.</param>
    /// <param name="sent">What was asked and expected.</param>
    /// <param name="failure">What the probe met.</param>
    /// <param name="received">What came.</param>
    /// <param name="now">When.</param>
    /// <param name="startedAt">When it was sent.</param>
    /// <param name="requestsPassSince">Whether pages that visitors asked for after a time were answered well, the last of them too.</param>
    public static ProbeReport Next(ProbeReport? last, string sent, OriginFailure failure, string received, DateTimeOffset now, long startedAt, Func<long, bool> requestsPassSince)
    {
        var before = last?.Sent == sent ? last : null;
        var hasPassed = before?.HasPassed == true;
        var (passes, failingSince) = failure == OriginFailure.None ? ((before?.Passes ?? 0) + 1, (long?)null) : (0, before?.FailingSince ?? startedAt);
        var finding = Of(failure, hasPassed, failingSince is { } since && requestsPassSince(since));
        if (finding == ProbeFinding.Passed && before?.Finding == ProbeFinding.ConfigurationError && hasPassed && passes < PassesToTrust)
        {
            finding = ProbeFinding.ConfigurationError;
        }

        return new ProbeReport(finding, sent, received, failure, now, failure == OriginFailure.None || hasPassed, passes, failingSince);
    }

    /// <param name="failure">What the probe met.</param>
    /// <param name="hasPassed">Whether this probe has ever passed.</param>
    /// <param name="requestsPass">Whether pages that visitors asked for after the first of these failures were answered well, the last of them too.</param>
    public static ProbeFinding Of(OriginFailure failure, bool hasPassed, bool requestsPass) => failure switch
    {
        OriginFailure.None => ProbeFinding.Passed,
        // Nobody is there, whatever was asked for.
        _ when failure.IsConnectionLevel() => ProbeFinding.Failed,
        // An answer, and not the expected one: never yet means that the expectation is wrong.
        OriginFailure.UnexpectedStatus or OriginFailure.UnexpectedContent when !hasPassed => ProbeFinding.ConfigurationError,
        // That visitors get answers of 200 doesn't contradict it: an error page may be just that.
        OriginFailure.UnexpectedContent => ProbeFinding.Failed,
        _ when requestsPass => ProbeFinding.ConfigurationError,
        _ => ProbeFinding.Failed,
    };
}
