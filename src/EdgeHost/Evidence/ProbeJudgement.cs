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
    /// <param name="requestsPass">Whether visitors' requests for pages have lately succeeded, the last of them too.</param>
    public static ProbeFinding Of(OriginFailure failure, bool hasPassed, bool requestsPass) => failure switch
    {
        OriginFailure.None => ProbeFinding.Passed,
        // Nobody is there, whatever was asked for.
        _ when failure.IsConnectionLevel() => ProbeFinding.Failed,
        _ when requestsPass => ProbeFinding.ConfigurationError,
        // An answer, and not the expected one: never yet means that the expectation is wrong.
        OriginFailure.Unexpected when !hasPassed => ProbeFinding.ConfigurationError,
        _ => ProbeFinding.Failed,
    };
}
