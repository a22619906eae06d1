using EdgeHost.Health;
using EdgeHost.Sites;

namespace EdgeHost.Evidence;

/// <summary>
/// Whether a failed probe says something about the site or about the probe. A wrong health path has taken a whole production down before; it must not take a website off its platform.
/// </summary>
internal static class ProbeJudgement
{
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
