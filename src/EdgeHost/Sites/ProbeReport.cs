using EdgeHost.Health;

namespace EdgeHost.Sites;

/// <summary>What the last probe of a site met, for people.</summary>
/// <param name="Finding">What it says about the site.</param>
/// <param name="Sent">What was asked and expected.</param>
/// <param name="Received">What came.</param>
/// <param name="Failure">What was wrong; none when it passed.</param>
/// <param name="At">When.</param>
/// <param name="HasPassed">Whether this probe has ever passed: one that never did proves nothing by failing.</param>
/// <param name="Passes">How many have passed in a row.</param>
/// <param name="FailingSince">When the first of those was sent that have failed in a row (<see cref="TimeProvider.GetTimestamp"/>); null when it passes.</param>
internal sealed record ProbeReport(ProbeFinding Finding, string Sent, string Received, OriginFailure Failure, DateTimeOffset At, bool HasPassed, int Passes, long? FailingSince);

internal enum ProbeFinding
{
    Passed,

    /// <summary>The site is not well.</summary>
    Failed,

    /// <summary>The probe can't be right: real requests succeed, or it has never passed. It proves nothing, and a person is to correct it.</summary>
    ConfigurationError,
}
