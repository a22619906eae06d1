using EdgeHost.Interlocks;
using EdgeHost.Sites;

namespace EdgeHost.Modes;

/// <summary>What a change would do to a site, or to the part of it that it is about.</summary>
internal sealed record SiteEffect(ModeInForce Before, ModeInForce After, SiteFacts Facts);
