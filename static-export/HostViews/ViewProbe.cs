using StaticExport.Capturing;
using StaticExport.Fetching;

namespace StaticExport.HostViews;

/// <summary>One target as it was answered on the canonical view and on another.</summary>
/// <param name="Target">What was asked for.</param>
/// <param name="Canonical">The crawl's answer.</param>
/// <param name="Other">The other view's.</param>
/// <param name="Difference">In what the other document is another one; null when it is not, or is none. See <see cref="DocumentFace"/>.</param>
internal sealed record ViewProbe(string Target, CapturedAnswer Canonical, FetchedAnswer Other, string? Difference = null);
