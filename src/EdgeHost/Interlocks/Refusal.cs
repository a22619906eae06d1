using System.Collections.Immutable;

namespace EdgeHost.Interlocks;

/// <summary>Why a change is refused.</summary>
/// <param name="Interlock">The rule.</param>
/// <param name="Detail">What it found and what to do, for people.</param>
/// <param name="Sites">The sites that it found it on.</param>
internal sealed record Refusal(Interlock Interlock, string Detail, ImmutableArray<string> Sites);
