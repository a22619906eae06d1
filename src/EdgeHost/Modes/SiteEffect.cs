using EdgeHost.Interlocks;
using EdgeHost.Sites;

namespace EdgeHost.Modes;

/// <summary>What a change would do to a site, or to the part of it that it is about.</summary>
/// <param name="Before">What holds.</param>
/// <param name="After">What would hold.</param>
/// <param name="Facts">What interlocks look at.</param>
/// <param name="RequestsPerSecond">How many requests the whole site had in the last minute.</param>
internal sealed record SiteEffect(ModeInForce Before, ModeInForce After, SiteFacts Facts, double RequestsPerSecond);
