using System.Collections.Immutable;

namespace StaticExport.Judging;

/// <summary>Whether what was crawled may be published.</summary>
/// <param name="Refusals">Why not; empty when it may.</param>
internal sealed record Verdict(ImmutableArray<string> Refusals)
{
    public bool IsAccepted => Refusals.IsEmpty;
}
