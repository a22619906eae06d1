using StaticExport.Capturing;
using StaticExport.Fetching;

namespace StaticExport.HostViews;

/// <summary>One target as it was answered on the canonical view and on another.</summary>
internal sealed record ViewProbe(string Target, CapturedAnswer Canonical, FetchedAnswer Other);
