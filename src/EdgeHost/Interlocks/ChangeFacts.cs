using System.Collections.Immutable;
using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.Interlocks;

/// <summary>A change of mode as interlocks see it.</summary>
/// <param name="Scope">What is to change.</param>
/// <param name="Confirmed">What the operator has written to confirm it, if anything.</param>
/// <param name="Sites">All sites, those among them that don't change too.</param>
internal sealed record ChangeFacts(OverrideScope Scope, string? Confirmed, ImmutableArray<SiteFacts> Sites);
